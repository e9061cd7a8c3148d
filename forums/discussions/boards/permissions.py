"""Who may do what in a board."""

from typing import Any

from accounts.silence import may_write
from forums.discussions.boards.models import Board, access_to


def can_start(member: Any, board: Board) -> bool:
    """May `member` start a topic here? Reading comes first, writing on top of it."""
    if not may_write(member):
        return False
    access = access_to(member, board)
    return access >= board.read_level and access >= board.write_level
