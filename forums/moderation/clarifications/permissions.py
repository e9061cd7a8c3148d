"""Who asks for a reply, who decides about it, who takes it down."""

from typing import Any

from forums.discussions.topics.models import Topic
from forums.moderation.clarifications.models import Clarification
from forums.moderation.permissions import can_keep_order


def can_ask(member: Any, topic: Topic) -> bool:
    """A member about a topic everyone it is for can read; she who wrote it has said her side."""
    if not (member.is_authenticated and member.is_active):
        return False
    return topic.is_listed and topic.author_id != member.pk


def can_decide(member: Any, clarification: Clarification) -> bool:
    """Who keeps order in the topic's board (loaded), but neither about her own, nor beneath a topic of hers."""
    topic = clarification.topic
    if member.pk in (clarification.member_id, topic.author_id):
        return False
    return can_keep_order(member, topic.board)
