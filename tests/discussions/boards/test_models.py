"""What the table of boards itself refuses."""

import pytest
from django.db import IntegrityError, connection, transaction

from forums.discussions.boards.models import Access, Board
from tests.make import make_board


def ask_now() -> None:
    """Have the deferred constraints checked here, not at a commit a test never reaches."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def put(board: Board, **fields) -> None:
    """Write past every action, and ask."""
    with transaction.atomic():
        Board.objects.filter(pk=board.pk).update(**fields)
        ask_now()


def test_the_database_knows_two_levels_only(db):
    house, other = make_board(), make_board()
    room = make_board(parent=house)
    for board, parent in [(other, room), (house, other), (house, house)]:
        with pytest.raises(IntegrityError):
            put(board, parent=parent)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"slug": ""}, {"write_level": Access.EVERYONE}, {"read_level": 3}]
)
def test_a_board_nobody_can_name_or_enter_is_refused(wrong, board):
    with pytest.raises(IntegrityError):
        put(board, **wrong)
