"""Every write to restatements: say what another means, say whether it is so.

Lock order: who writes (advisory), then the restatement.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.known import blocked_by
from accounts.silence import refuse_silenced
from forums.base.errors import ForumError, NotAllowed, PostGone, Stale, TopicHidden
from forums.base.limits import fitting, read_length
from forums.base.personal import Farewell, Parting
from forums.base.published import published
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.posts.models import Post
from forums.knowledge.restatements.models import LENGTH, MOST, MOST_TRIES, Restatement
from forums.knowledge.restatements.permissions import can_answer, can_restate
from forums.knowledge.statements.actions import EMPTIED
from forums.notifications.telling import tell
from forums.text.naming import letters_of
from forums.text.thai import clean_line

if TYPE_CHECKING:
    from accounts.models import Member

RESTATED = "restated"
ANSWERED = "restatement-answered"


class Waits(ForumError):
    status = 409
    message = gettext_lazy("What you wrote before still waits for an answer. Try again after it.")


class Enough(ForumError):
    status = 409


def clean(body: str, *, nothing: bool = False) -> str:
    """One line, as it is stored. Raises BadText for more than 200 characters, and for none unless `nothing` will do."""
    line = clean_line(body)
    if not letters_of(line):
        line = ""
    said = "" if nothing else _("Write first what you think is meant.")
    return fitting(line, LENGTH, nothing=said, count=read_length)


@transaction.atomic
def restate(*, member: "Member", post: Post, body: str) -> Restatement:
    """Say what the author of `post` means; she answers. The same again is the one that waits.

    Raises BadText, TooFast, PostGone, TopicHidden, Waits, Enough or NotAllowed.
    """
    body = clean(body)
    one_at_a_time(member)
    refuse_silenced(member)
    post = Post.objects.select_related("author", "topic__board").get(pk=post.pk)
    refuse_restating(member, post)
    hers = list(Restatement.objects.filter(post=post, author=member).order_by("number"))
    looked = published(member, body, topic=post.topic)
    (body,) = looked.texts
    if hers and hers[-1].waits:
        if hers[-1].body == body:
            return hers[-1]
        raise Waits
    if any(each.fits for each in hers):
        raise Enough(_("Its author has said already that you understood."))
    if len(hers) >= MOST_TRIES:
        raise Enough(
            _("You have tried %(most)d times. Perhaps ask in a reply what is meant.")
            % {"most": MOST_TRIES}
        )
    if Restatement.objects.filter(post=post).count() >= MOST:
        raise Enough(_("Many have said already what is meant here. Read theirs first."))
    hold_pace(member, "restatements", Restatement.objects.filter(author=member))
    made = Restatement.objects.create(
        topic_id=post.topic_id,
        post=post,
        author=member,
        number=len(hers) + 1,
        body=body,
        created_at=timezone.now(),
    )
    looked.of("restatement", made)
    tell(
        RESTATED,
        key=f"{RESTATED}-{made.pk}",
        members=[post.author_id],
        actor=member,
        data={"restatement": made.pk},
    )
    return made


def refuse_restating(member: "Member", post: Post) -> None:
    """Raise what says why she may not restate this post; its topic, board and author are loaded."""
    if not post.topic.is_shown:
        raise TopicHidden
    if post.is_gone:
        raise PostGone
    if post.author_id == member.pk:
        raise NotAllowed(_("This is your own: others say what you mean."))
    if post.author_id in blocked_by(member):
        raise NotAllowed(_("You blocked this person. Unblock her first, then say what she means."))
    if not post.author.is_active:
        raise NotAllowed(_("Whoever wrote this is not here to answer."))
    if not can_restate(member, post):
        raise NotAllowed


@transaction.atomic
def answer(
    *, member: "Member", restatement: Restatement, fits: bool, missing: str = ""
) -> Restatement:
    """Whose post it is says: that is it, or not yet, and what is missing. The same twice is once.

    Raises NotAllowed, BadText, or Stale when she has answered otherwise before.
    """
    missing = "" if fits else clean(missing, nothing=True)
    one_at_a_time(member)
    refuse_silenced(member)
    found = Restatement.objects.select_for_update(of=("self",)).select_related("post__topic__board")
    restatement = found.get(pk=restatement.pk)
    if not can_answer(member, restatement):
        raise NotAllowed(_("Only whoever wrote the post says whether this is what was meant."))
    looked = published(member, missing, topic=restatement.post.topic)
    (missing,) = looked.texts
    if restatement.answered_at is not None:
        if (restatement.fits, restatement.missing) == (fits, missing):
            return restatement
        raise Stale(_("You have answered this already."))
    restatement.fits, restatement.missing = fits, missing
    restatement.answered_at = timezone.now()
    restatement.save(update_fields=["fits", "missing", "answered_at"])
    looked.of("restatement", restatement)
    tell(
        ANSWERED,
        key=f"{ANSWERED}-{restatement.pk}",
        members=[restatement.author_id],
        actor=member,
        data={"restatement": restatement.pk},
    )
    return restatement


@transaction.atomic
def empty_restatements(parting: Parting) -> int | None:
    """Empty the next of what she who leaves said others mean, where she wants it; what nobody answered goes."""
    if parting.choice != Farewell.EMPTIED:
        return None
    hers = Restatement.objects.select_for_update().filter(
        author=parting.member, pk__gt=parting.after
    )
    some = list(hers.order_by("pk")[: parting.size])
    there = [each.pk for each in some]
    Restatement.objects.filter(pk__in=there, answered_at=None).delete()
    Restatement.objects.filter(pk__in=there).update(body=EMPTIED)
    return there[-1] if there else None


@transaction.atomic
def empty_answers(parting: Parting) -> int | None:
    """Empty the next of what she who leaves said was missing in what others wrote of hers."""
    if parting.choice != Farewell.EMPTIED:
        return None
    hers = Restatement.objects.select_for_update(of=("self",)).filter(
        post__author=parting.member, pk__gt=parting.after
    )
    there = list(hers.order_by("pk").values_list("pk", flat=True)[: parting.size])
    Restatement.objects.filter(pk__in=there).update(missing="")
    return there[-1] if there else None
