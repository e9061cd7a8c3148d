"""Who may do what in a board."""

from typing import Any

from forums.discussions.boards.models import Board, access_to


def can_start(member: Any, board: Board) -> bool:
    """May `member` start a topic here? Reading comes first, writing on top of it."""
    if not member.is_authenticated or not member.is_active:
        return False
    access = access_to(member, board)
    return access >= board.read_level and access >= board.write_level
