"""Each text is asked for what is watched; what moderators are to be told of is a case."""

from collections.abc import Sequence
from datetime import datetime
from html import unescape
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.registry import on_signed_up, on_signing_up
from forums.base.errors import BadText
from forums.base.from_where import asked_from, house_of
from forums.base.personal import Area, Basis, Leaves, holds, moderated
from forums.base.published import Published, on_noticed, on_published
from forums.discussions.posts.models import Post
from forums.discussions.posts.registry import Writing, on_text_read, on_text_taken
from forums.moderation.queue.actions import open_case
from forums.moderation.queue.registry import case_kind
from forums.moderation.subjects import of_post, subject_kinds
from forums.moderation.watched import actions
from forums.moderation.watched.matching import WordMet, lists, with_masks
from forums.moderation.watched.models import Follows, NewAccount, WatchedEntry
from forums.notifications.registry import scheduled

NOTICED = "noticed"
WORD = "word"  # why a text waits: forums.moderation.holding.models


@on_text_read
def look_for_watched(writing: Writing) -> None:
    """Words and hosts of title and text, of its tags and of why it is changed. Moderators may write what they must speak
    of. Raises BadText."""
    if writing.author.is_staff:
        return
    now = lists()
    title, body = now.met_in(writing.title), now.met_in(writing.body)
    spelt = _spelt_out(with_masks(writing.body, body))
    also = (*writing.tags, writing.reason, spelt)
    beside = [hit for text in also if text for hit in now.met_in(text)]
    hits = [*title, *body, *beside]
    if not hits:
        return
    _refuse([*title, *body], beside)
    writing.title, writing.body = with_masks(writing.title, title), with_masks(writing.body, body)
    held = [hit.words for hit in hits if hit.entry.follows == Follows.HOLD]
    if held:
        writing.why.append(WORD)
        writing.met += held
    writing.reported += [hit.words for hit in hits if hit.entry.follows == Follows.REPORT]


@on_published
def look_elsewhere(looked: Published) -> None:
    """The same of all else that is written for others. It cannot wait: where a text would, moderators are told of it; what
    is private no moderator hears of. Raises BadText."""
    if looked.writer.is_staff:
        return
    now = lists()
    found = [now.met_in(text) for text in looked.texts]
    spelt = [_spelt_out(with_masks(*each)) for each in zip(looked.texts, found, strict=True)]
    beside = [hit for text in spelt if text for hit in now.met_in(text)]
    hits = [*(hit for each in found for hit in each), *beside]
    if not hits:
        return
    _refuse(hits, beside)
    looked.texts = [with_masks(*each) for each in zip(looked.texts, found, strict=True)]
    if not looked.is_private:
        told = (Follows.HOLD, Follows.REPORT)
        looked.reported += [hit.words for hit in hits if hit.entry.follows in told]


def _spelt_out(text: str) -> str:
    """The text with the signs it names by their numbers (&#3588;), which readers see; '' where it names none."""
    seen = unescape(text) if "&" in text else text
    return seen if seen != text else ""


def _refuse(hits: Sequence[WordMet], beside: Sequence[WordMet] = ()) -> None:
    """Raise BadText for what is refused; `beside` a text, where no dots can stand, also for what is masked."""
    refused = [hit.words for hit in (*hits, *beside) if hit.entry.follows == Follows.REFUSE]
    refused += [hit.words for hit in beside if hit.entry.follows == Follows.MASK]
    if refused:
        raise BadText(refusal(refused))


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


@on_noticed
def tell_of(kind: str, thing: Any) -> None:
    """A case about a member, a network, an activity …"""
    open_case(kind=NOTICED, subject=subject_kinds()[kind].made(thing))


@on_signing_up
def look_at_new_account(request: HttpRequest, email: str, handle: str, by_provider: bool) -> None:
    """Refuse what the lists refuse, and a fourth account a day from one place: here before anything costly is done, and
    once more when it is written (`came_from`). Raises BadText."""
    now, net = lists(), house_of(asked_from(request))
    mail, place = now.mail(email), now.net(net.partition("/")[0])
    _refuse((), now.met_in(handle))
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
    and whole towns come to them from one address: those are not counted. Moderators are told of a handle that says what
    they watch for."""
    if lists().met_in(member.handle):
        tell_of("member", member)
    actions.came_from(member=member, net=house_of(asked_from(request)), counted=not by_provider)


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
