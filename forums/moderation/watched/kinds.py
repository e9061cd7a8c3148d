"""Each text is asked for what is watched; what moderators are to be told of is a case."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.registry import on_signed_up, on_signing_up
from forums.base.errors import BadText
from forums.base.from_where import asked_from, house_of
from forums.base.personal import Area, Basis, Leaves, holds, moderated
from forums.discussions.posts.models import Post
from forums.discussions.posts.registry import Writing, on_text_read, on_text_taken
from forums.moderation.queue.actions import open_case
from forums.moderation.queue.registry import case_kind
from forums.moderation.registry import when_swept
from forums.moderation.subjects import of_post
from forums.moderation.watched import actions
from forums.moderation.watched.matching import lists, with_masks
from forums.moderation.watched.models import Follows, NewAccount, WatchedEntry
from forums.notifications.registry import scheduled

NOTICED = "noticed"
WORD = "word"  # why a text waits: forums.moderation.holding.models


@on_text_read
def look_for_watched(writing: Writing) -> None:
    """Words and hosts of title and text. Moderators may write what they must speak of. Raises BadText."""
    if writing.author.is_staff:
        return
    now = lists()
    title, body = now.met_in(writing.title), now.met_in(writing.body)
    hits = [*title, *body]
    if not hits:
        return
    refused = [hit.words for hit in hits if hit.entry.follows == Follows.REFUSE]
    if refused:
        raise BadText(refusal(refused))
    writing.title, writing.body = with_masks(writing.title, title), with_masks(writing.body, body)
    held = [hit.words for hit in hits if hit.entry.follows == Follows.HOLD]
    if held:
        writing.why.append(WORD)
        writing.met += held
    writing.reported += [hit.words for hit in hits if hit.entry.follows == Follows.REPORT]


def refusal(words: list[str]) -> str:
    """What is said where a text is refused."""
    named = " · ".join(dict.fromkeys(words))
    return _(
        "This cannot be sent with “%(words)s” in it. Take it out, and send it again: what you wrote is still here."
    ) % {"words": named[:200]}


@on_text_taken
def tell_moderators(post: Post, writing: Writing) -> None:
    """A case where an entry says that moderators are to be told; a text that waits has one already."""
    if writing.reported and not writing.why:
        open_case(kind=NOTICED, subject=of_post(post))


@on_signing_up
def look_at_new_account(request: HttpRequest, email: str, by_provider: bool) -> None:
    """Refuse what the lists refuse, and a fourth account a day from one place: here before anything costly is done, and
    once more when it is written (`came_from`). Raises BadText."""
    now, net = lists(), house_of(asked_from(request))
    mail, place = now.mail(email), now.net(net.partition("/")[0])
    if mail is not None and mail.follows == Follows.REFUSE:
        raise BadText(
            _(
                "With an address of “%(domain)s” one cannot sign up here. Please use another address."
            )
            % {"domain": mail.text}
        )
    if place is not None and place.follows == Follows.REFUSE:
        raise BadText(
            _(
                "From this part of the internet one cannot sign up just now. Try it from another network, "
                "or write to %(contact)s: we make the account with you."
            )
            % {"contact": settings.CONTACT_EMAIL}
        )
    if not by_provider:
        actions.refuse_many(net)


@on_signed_up
def remember_new_account(request: HttpRequest, member: Member, by_provider: bool) -> None:
    """From where she came, for some days; whether her first texts wait for that. Of accounts elsewhere one person has few,
    and whole towns come to them from one address: those are not counted."""
    actions.came_from(member=member, net=house_of(asked_from(request)), counted=not by_provider)


@when_swept
def block_hosts(moderator: Member, hosts: Sequence[str], on: bool) -> list[str]:
    """What a spammer wrote of is refused from now on; no longer, where her sweep is undone."""
    return (actions.refuse_hosts if on else actions.let_hosts)(moderator=moderator, hosts=hosts)


case_kind(NOTICED, gettext_lazy("something watched for was written"))


@scheduled("nets of new accounts")
def forget(now: datetime) -> None:
    """From which net an account came is kept for some days."""
    actions.forget_accounts(now)


holds(
    NewAccount,
    "member",
    what=gettext_lazy("From which part of the net you signed up, for seven days"),
    area=Area.ORDER,
    leaves=Leaves.DELETED,
    basis=Basis.INTEREST,
    copied=False,
)
moderated(WatchedEntry, "created_by")
