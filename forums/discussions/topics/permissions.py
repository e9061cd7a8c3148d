"""Who may do what with a topic. A topic's board must be loaded."""

from typing import Any

from forums.discussions.boards.permissions import can_write
from forums.discussions.topics.models import Kind, Topic


def can_reply(member: Any, topic: Topic) -> bool:
    """May `member` write here now? Moderators may close a topic and still say why."""
    if not topic.is_listed or not can_write(member, topic):
        return False
    return topic.locked_at is None or member.is_staff


def can_edit(member: Any, topic: Topic) -> bool:
    """Only its author edits a text; a moderator hides, she does not rewrite."""
    return topic.author_id == member.pk and can_reply(member, topic)


def can_delete(member: Any, topic: Topic) -> bool:
    """An author takes back a topic nobody has answered; after that it belongs to the talk."""
    return can_edit(member, topic) and topic.last_number == 0


def can_accept(member: Any, topic: Topic) -> bool:
    """Whoever asked says which answer helped; a moderator may for one who has left."""
    if topic.kind != Kind.QUESTION or not topic.is_listed or not member.is_authenticated:
        return False
    return topic.author_id == member.pk or member.is_staff
