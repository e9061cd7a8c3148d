"""Sweeping, and undoing it: a lot at a time, each in a transaction of its own.

She is kept out first, so that nothing new comes while the lots are taken.
"""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.errors import NotAllowed
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.actions import (
    MOST,
    each,
    hide_post,
    hide_topic,
    unhide_post,
    unhide_topic,
)
from forums.moderation.appeals.actions import was_undone
from forums.moderation.grounds import Grounds, clean_reason
from forums.moderation.locks import lock_members
from forums.moderation.models import Decision
from forums.moderation.permissions import can_suspend
from forums.moderation.profiles.actions import empty
from forums.moderation.registry import removal_of
from forums.moderation.sanctions.actions import ban, restore, suspend
from forums.moderation.sweeping.models import Sweep
from forums.moderation.sweeping.taking import parts_of, posts_of, topics_of
from forums.moderation.watched.actions import watch_no_more, watch_spam
from forums.moderation.withdrawing.actions import put_back

LOTS = 5  # of each kind at one press: what a request has time for
MOST_PARTS = 200  # of what stands in topics, each in a transaction of its own
OUT: dict[str, Callable[..., Any]] = {"ban": ban, "suspend": suspend}


def sweep(
    *,
    moderator: Member,
    member: Member,
    reason: str,
    out: str = "ban",
    profile: bool = False,
    patterns: Sequence[tuple[str, str]] = (),
) -> Sweep:
    """Take what a member wrote out of everyone's sight, herself (`out`) off the site, and watch for what marks it.

    Five hundred topics and as many posts at once, and two hundred of what stands in topics (statements, polls, cards of
    words, what she said for others); sent again, it takes the next. Raises NotAllowed, BadText.
    """
    made = _begin(moderator, member, reason, out, profile=profile, patterns=patterns)
    for _lot in range(LOTS):
        if not _take(made, moderator):
            break
    for kind, thing in islice(parts_of(member), MOST_PARTS):
        _take_part(made, moderator, kind, thing)
    return made


@transaction.atomic
def _begin(
    moderator: Member,
    member: Member,
    reason: str,
    out: str,
    *,
    profile: bool,
    patterns: Sequence[tuple[str, str]],
) -> Sweep:
    grounds = clean_reason(reason)
    _refuse(moderator, member)
    kept_out = False
    if out in OUT:
        kept_out = OUT[out](moderator=moderator, member=member, reason=grounds) is not None
    if profile:
        empty(moderator=moderator, member=member, reason=grounds)
    entries = watch_spam(moderator=moderator, patterns=patterns)
    return Sweep.objects.create(
        member=member,
        moderator=moderator,
        reason=str(grounds),
        kept_out=kept_out,
        entries=entries,  # not what was watched for before: undoing this leaves that
    )


@transaction.atomic
def _take(made: Sweep, moderator: Member) -> bool:
    """The next lot; False when nothing is left."""
    topics = list(topics_of(made.member).select_related("board")[:MOST])
    posts = list(posts_of(made.member)[:MOST])
    grounds = Grounds(made.reason)
    each(hide_topic, topics, moderator=moderator, reason=grounds)
    each(hide_post, posts, moderator=moderator, reason=grounds)
    made.topics += [topic.pk for topic in topics]
    made.posts += [post.pk for post in posts]
    made.save(update_fields=["topics", "posts"])
    return len(topics) == MOST or len(posts) == MOST


@transaction.atomic
def _take_part(made: Sweep, moderator: Member, kind: str, thing: Any) -> None:
    """By itself, since each locks a topic, a member or a network of its own."""
    remove = removal_of(kind)
    decision = remove(thing, moderator, Grounds(made.reason)) if remove else None
    if decision is not None:
        made.parts.append(decision.pk)
        made.save(update_fields=["parts"])


def undo_sweep(*, moderator: Member, sweep: Sweep, reason: str) -> bool:
    """Within a week: she may come in again, what this hid and nobody has shown since is shown, what it put on the lists is
    taken off. False where it was undone. The profile stays empty: its words are kept nowhere."""
    grounds = clean_reason(reason)
    if not _end(moderator, sweep, grounds):
        return False
    for start in range(0, max(len(sweep.topics), len(sweep.posts)), MOST):
        _give_back(sweep, moderator, grounds, start)
    for decision in Decision.objects.filter(pk__in=sweep.parts).order_by("pk"):
        if not was_undone(decision):
            put_back(moderator=moderator, decision=decision, reason=grounds)
    return True


@transaction.atomic
def _end(moderator: Member, sweep: Sweep, grounds: Grounds) -> bool:
    member = sweep.member
    _refuse(moderator, member)
    locked = Sweep.objects.undoable().select_for_update(of=("self",)).filter(pk=sweep.pk).first()
    if locked is None:
        return False
    locked.undone_at, locked.undone_by = timezone.now(), moderator
    locked.save(update_fields=["undone_at", "undone_by"])
    if locked.kept_out:
        restore(moderator=moderator, member=member, reason=grounds)
    watch_no_more(moderator=moderator, entries=locked.entries)
    return True


@transaction.atomic
def _give_back(sweep: Sweep, moderator: Member, grounds: Grounds, start: int) -> None:
    ids = slice(start, start + MOST)
    topics = Topic.objects.filter(pk__in=sweep.topics[ids], hidden_at__isnull=False)
    posts = Post.objects.filter(pk__in=sweep.posts[ids], hidden_at__isnull=False)
    each(unhide_topic, topics, moderator=moderator, reason=grounds)
    each(unhide_post, posts, moderator=moderator, reason=grounds)


def _refuse(moderator: Member, member: Member) -> None:
    moderator, member = lock_members(moderator, member)
    if not can_suspend(moderator, member):
        raise NotAllowed(
            _("Only an administrator can do this to a moderator, and nobody to herself.")
        )
