"""Boards for the pages asked for most: those of the house beside a list, one by its address with its rooms. Reads only."""

from typing import Any, NamedTuple

from django.db.models import Model
from django.http import Http404

from forums.base.constant_sql import Columns, select
from forums.base.visibility import reader
from forums.discussions.boards.models import BOARD_READABLE, Board, board_url
from forums.groups.networks.models import LONG, Network

MOST = 60  # boards and rooms of the house that are looked at
_BOARD, _PARENT = Columns(Board, "b"), Columns(Board, "p")
_NETWORK = Columns(Network, "n", without=LONG)


class HouseBoard(NamedTuple):
    """A board or a room of the house as it is named beside a list."""

    pk: int
    parent_id: int | None
    slug: str
    name: str
    scope: str
    colour: str
    emblem: str

    def get_absolute_url(self) -> str:
        return board_url(self.slug)


_HOUSE = f"""
    SELECT b.id, b.parent_id, b.slug, b.name, b.scope, b.colour, b.emblem FROM forums_board b
    WHERE b.network_id IS NULL AND {BOARD_READABLE.sql} ORDER BY b.position, b.id LIMIT {MOST}
"""  # noqa: S608 - made of constants


def of_the_house(member: Any) -> list[HouseBoard]:
    """The first boards and rooms of the house that `member` may enter, in their keepers' order: one query."""
    return [HouseBoard(*row) for row in select(_HOUSE, **reader(member))]


_AT = f"""
    SELECT {_BOARD.text}, {_PARENT.text}, {_NETWORK.text}
    FROM forums_board b LEFT JOIN forums_board p ON p.id = b.parent_id
        LEFT JOIN forums_network n ON n.id = b.network_id
    WHERE b.id = ANY(ARRAY(
            SELECT x.id FROM forums_board x WHERE x.slug = %(slug)s UNION ALL
            SELECT r.id FROM forums_board x JOIN forums_board r ON r.parent_id = x.id WHERE x.slug = %(slug)s))
        AND {BOARD_READABLE.sql}
    ORDER BY b.slug <> %(slug)s, b.position, b.id
"""  # noqa: S608 - made of constants


def board_at(slug: str, member: Any) -> tuple[Board, list[Board]]:
    """The board of this address, its parent and its network loaded, and the rooms inside it, of those `member` may
    enter: one query. Raises Http404 where there is none, or she may not.
    """
    found = [_taken(row) for row in select(_AT, slug=slug, **reader(member))]
    if not found or found[0].slug != slug:
        raise Http404
    return found[0], found[1:]


def _taken(row: tuple[Any, ...]) -> Board:
    board = _BOARD.made(row[: len(_BOARD)])
    parent, network = row[len(_BOARD) :][: len(_PARENT)], row[len(_BOARD) + len(_PARENT) :]
    board.parent, board.network = _made(_PARENT, parent), _made(_NETWORK, network)
    return board


def _made[Row: Model](columns: Columns[Row], values: tuple[Any, ...]) -> Row | None:
    """None where nothing was joined."""
    return columns.made(values) if values[0] is not None else None
