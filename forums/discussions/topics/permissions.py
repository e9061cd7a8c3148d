"""Who may do what with a topic. A topic's board must be loaded."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.silence import may_write
from accounts.trust import rights_of
from forums.discussions.boards.models import Access
from forums.discussions.boards.permissions import can_start
from forums.discussions.topics.models import WITH_AN_ANSWER, State, Topic, TopicNetwork
from forums.groups.memberships.models import roles_of
from forums.text.noted import true_until

TAKE_BACK = timedelta(hours=1)  # so long a deletion of one's own can be taken back


def is_shut(topic: Topic) -> bool:
    """Closed to replies: by somebody, by the clock, or kept as it is."""
    now, since = timezone.now(), (topic.locked_at, topic.archived_at, topic.closes_at)
    is_shut = any(each is not None and each <= now for each in since)
    if topic.closes_at is not None and not is_shut:
        true_until(topic.closes_at)
    return is_shut


def is_kept(topic: Topic) -> bool:
    """Kept as it is, or merged into another: read, and written in, changed and marked by nobody."""
    return topic.archived_at is not None or topic.merged_into_id is not None


def can_reply(member: Any, topic: Topic) -> bool:
    """May `member` write here now? Moderators may close a topic and still say why."""
    if not topic.is_shown or not can_write(member, topic):
        return False
    return not is_shut(topic) or member.is_staff


def is_asked(member: Any, topic: Topic) -> bool:
    """Is a link to reply shown to `member`? To who may; and to a visitor, who is asked to sign in first."""
    if member.is_authenticated:
        return can_reply(member, topic)
    return topic.is_shown and not is_shut(topic)


def is_in_time(member: Any, written_at: datetime) -> bool:
    """May a text of this age still be changed by its author? As long as her level says; moderators always."""
    window = rights_of(member).edits_for
    return window is None or timezone.now() - written_at < window


def can_edit(member: Any, topic: Topic) -> bool:
    """Only its author edits a text, as long as her level lets her; a moderator hides, she does not rewrite."""
    return _is_hers(member, topic) and is_in_time(member, topic.created_at)


def can_delete(member: Any, topic: Topic) -> bool:
    """An author takes back a topic nobody has answered; after that it belongs to the talk."""
    return _is_hers(member, topic) and topic.last_number == 0


def can_take_back(member: Any, topic: Topic) -> bool:
    """Only its author, for an hour after she deleted it."""
    return (
        topic.author_id == member.pk
        and may_write(member)
        and topic.hidden_at is None
        and topic.deleted_at is not None
        and timezone.now() - topic.deleted_at < TAKE_BACK
    )


def _is_hers(member: Any, topic: Topic) -> bool:
    return topic.author_id == member.pk and can_reply(member, topic)


def can_accept(member: Any, topic: Topic) -> bool:
    """Whoever asked says which answer helped; a moderator may for one who has left."""
    if topic.kind not in WITH_AN_ANSWER or not topic.is_shown or not member.is_authenticated:
        return False
    return topic.author_id == member.pk or member.is_staff


def can_write(member: Any, topic: Topic) -> bool:
    """May `member` write in a topic of this board? Its writers, and the networks that take part in it.

    Nobody in one that is archived, or merged into another. The topic's board must be loaded. Asks the database only for who is in some network, in a topic
    everyone may read but not everyone write in.
    """
    if is_kept(topic):
        return False
    if can_start(member, topic.board):
        return True
    if not may_write(member):
        return False
    board = topic.board
    if board.read_level > Access.EVERYONE or board.write_level > Access.NETWORK:
        return False
    mine = [pk for pk, place in roles_of(member).items() if place.is_open]
    return bool(mine) and (
        TopicNetwork.objects.filter(topic=topic.pk, network__in=mine, state=State.JOINED).exists()
    )
