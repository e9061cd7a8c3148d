"""Who may write a statement, look at one before it is put to the vote, or take one back."""

from typing import Any

from accounts.models import TrustLevel
from accounts.silence import may_write
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import can_reply, is_kept
from forums.groups.memberships.permissions import can_moderate_in
from forums.knowledge.statements.models import Fate, Statement


def can_propose(member: Any, topic: Topic) -> bool:
    """Whoever may reply in the topic. Its board is loaded."""
    return bool(member.is_authenticated) and can_reply(member, topic)


def can_look(member: Any, topic: Topic) -> bool:
    """May `member` decide what is put to the vote here? Whoever started the topic and is a regular, stewards, and
    who keeps order where the topic stands; nobody in one that is kept as it is."""
    if not (member.is_authenticated and topic.is_shown and may_write(member)) or is_kept(topic):
        return False
    if topic.author_id == member.pk and member.trust_level >= TrustLevel.REGULAR:
        return True
    return member.trust_level >= TrustLevel.STEWARD or can_moderate_in(
        member, topic.board.network_id
    )


def can_look_at(member: Any, statement: Statement) -> bool:
    """Nobody decides on what she wrote herself. The statement's topic and board are loaded."""
    return statement.author_id != member.pk and can_look(member, statement.topic)


def can_take_back(member: Any, statement: Statement) -> bool:
    """Its author, until somebody has voted on it."""
    return (
        statement.author_id == member.pk
        and statement.voted_at is None
        and statement.fate in (Fate.WAITING, Fate.OPEN)
        and may_write(member)
    )
