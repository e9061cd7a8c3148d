"""What is decided about a topic as a whole: slowed down, closed at a time, taken off all lists, archived; and undone.

Each takes `moderator` and `reason`, returns the Decision it wrote, changes nothing (and returns None) when the state is
already so, and raises NotAllowed or BadText.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.errors import BadText
from forums.discussions.topics.counters import count_board, is_public, tag_ids, unlist
from forums.discussions.topics.locks import lock_topic, lock_topics
from forums.discussions.topics.models import Topic
from forums.moderation.actions import about_topic, asked, refuse_undoing
from forums.moderation.grounds import Grounds
from forums.moderation.models import TRAITS, Act, Decision
from forums.tags.counters import count_tags

SLOWEST = 24 * 60  # minutes between two texts of one member
LATEST = timedelta(days=366)


@transaction.atomic
def slow_down(*, moderator: Member, topic: Topic, minutes: int, reason: str) -> Decision | None:
    """Let each member write one text in so many minutes here; moderators are not held."""
    if not 1 <= minutes <= SLOWEST:
        raise BadText(_("From one minute to a day, please."))
    return _set(Act.SLOW, {"slow_minutes": minutes}, moderator, topic, reason, minutes=minutes)


@transaction.atomic
def let_run(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Let a slowed topic run as others do."""
    return _set(Act.UNSLOW, {"slow_minutes": 0}, moderator, topic, reason)


@transaction.atomic
def close_at(*, moderator: Member, topic: Topic, at: datetime, reason: str) -> Decision | None:
    """Close a topic to replies from a time on: compared when somebody would write, so that nothing can be late."""
    now = timezone.now()
    if not now < at <= now + LATEST:
        raise BadText(_("The time must lie ahead, within a year."))
    words = asked_first(reason, until=at)
    return _set(Act.CLOSE_AT, {"closes_at": at}, moderator, topic, words)


@transaction.atomic
def keep_open(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Let a topic that would close by itself, or has, stay open."""
    return _set(Act.KEEP_OPEN, {"closes_at": None}, moderator, topic, reason)


@transaction.atomic
def archive(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Keep a topic as it is: read by everybody, and written in, changed and marked by nobody."""
    return _set(Act.ARCHIVE, {"archived_at": timezone.now()}, moderator, topic, reason)


@transaction.atomic
def reopen(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Let an archived topic be written in again."""
    return _set(Act.REOPEN, {"archived_at": None}, moderator, topic, reason)


@transaction.atomic
def take_off_lists(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Leave a topic to whoever has its address: it stands in no list, search, feed or sitemap."""
    (topic,) = lock_topics([topic])
    reason = asked(moderator, reason, topic.board)
    if topic.unlisted_at is not None:
        return None
    if topic.is_listed:
        unlist(topic)
    Topic.objects.filter(pk=topic.pk).update(unlisted_at=timezone.now())
    return about_topic(Act.UNLIST, moderator, topic, reason)


@transaction.atomic
def relist(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Put a topic on the lists again."""
    (topic,) = lock_topics([topic])
    reason = asked(moderator, reason, topic.board)
    if topic.unlisted_at is None or topic.merged_into_id is not None:
        return None
    refuse_undoing(Act.RELIST, moderator, topic)
    topic.unlisted_at = None
    Topic.objects.filter(pk=topic.pk).update(unlisted_at=None)
    if topic.is_listed:
        count_board(topic.board_id, 1)
        if is_public(topic, topic.board):
            count_tags(tag_ids(topic), 1)
    return about_topic(Act.RELIST, moderator, topic, reason)


def asked_first(reason: str, *, until: datetime) -> Grounds:
    """The reason with the time until which the decision is one about the future."""
    given = Grounds.of(reason)
    return Grounds(given, given.rule, until)


def _set(
    act: Act, change: dict[str, Any], moderator: Member, topic: Topic, reason: str, **details: Any
) -> Decision | None:
    """Write one column of a topic; what it is already, or is set to while it is so, changes nothing."""
    topic = lock_topic(topic.pk)
    reason = asked(moderator, reason, topic.board)
    ((column, value),) = change.items()
    now = getattr(topic, column)
    if now == value or (act == Act.ARCHIVE and now is not None):
        return None
    if TRAITS[act].undoes is not None:
        refuse_undoing(act, moderator, topic)
    Topic.objects.filter(pk=topic.pk).update(**change)
    return about_topic(act, moderator, topic, reason, **details)
