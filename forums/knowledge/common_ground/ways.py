"""What a reader may do from a topic's common ground, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forums.discussions.topics.models import Topic
from forums.knowledge.common_ground.reading import Reading
from forums.knowledge.statements.models import Statement
from forums.knowledge.statements.permissions import can_look, can_propose
from forums.knowledge.voting.permissions import can_open, can_vote


@dataclass(frozen=True, slots=True)
class Ways:
    """`vote`: a round is open and she may answer, or sign in to; `waiting`: how many she may look at, None: none of
    her business."""

    vote: bool
    write: bool
    rounds: bool
    waiting: int | None


def ways_for(topic: Topic, member: Any, reading: Reading) -> Ways:
    """What `member` may do: one query, for who decides what is put to the vote."""
    looks = can_look(member, topic)
    visits = not member.is_authenticated
    return Ways(
        vote=reading.access.is_open and topic.is_shown and (visits or can_vote(member, topic)),
        write=can_propose(member, topic),
        rounds=can_open(member, topic),
        waiting=_others_waiting(member, topic) if looks else None,
    )


def _others_waiting(member: Any, topic: Topic) -> int:
    """Without her own: at those somebody else looks."""
    return Statement.objects.waiting().filter(topic=topic.pk).exclude(author=member.pk).count()
