"""Who may do what in a board."""

from typing import Any

from forums.discussions.boards.models import Access, Board, access_to
from forums.discussions.topics.models import Topic
from forums.discussions.voices.models import State, TopicNetwork
from forums.groups.memberships.models import roles_of


def can_start(member: Any, board: Board) -> bool:
    """May `member` start a topic here? Reading comes first, writing on top of it."""
    if not member.is_authenticated or not member.is_active:
        return False
    access = access_to(member, board)
    return access >= board.read_level and access >= board.write_level


def can_write(member: Any, topic: Topic) -> bool:
    """May `member` write in a topic of this board? Its writers, and the networks that take part in it.

    The topic's board must be loaded. Asks the database only for who is in some network, in a topic
    everyone may read but not everyone write in.
    """
    if can_start(member, topic.board):
        return True
    if not member.is_authenticated or not member.is_active:
        return False
    board = topic.board
    if board.read_level > Access.EVERYONE or board.write_level > Access.NETWORK:
        return False
    mine = [pk for pk, place in roles_of(member).items() if place.is_open]
    return bool(mine) and (
        TopicNetwork.objects.filter(topic=topic.pk, network__in=mine, state=State.JOINED).exists()
    )
