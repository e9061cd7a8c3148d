"""One topic by its number, with all that its pages ask of where it stands: one constant statement."""

from functools import cache
from typing import Any

from django.db.models import Model
from django.http import Http404

from forums.base.constant_sql import Columns, select
from forums.base.visibility import is_signed_in, reader
from forums.discussions.boards.models import Board
from forums.discussions.topics.models import TOPIC_VISIBLE, Topic
from forums.discussions.topics.registry import known_sql
from forums.groups.networks.models import LONG, Network

TOPIC = Columns(Topic, "t")  # as other constant statements ask for it, too
BOARD = Columns(Board, "b")
_PARENT = Columns(Board, "p")
_NETWORK = Columns(Network, "n", without=LONG)
_AT = f"""
    SELECT {TOPIC.text}, {BOARD.text}, {_PARENT.text}, {_NETWORK.text},
        EXISTS (SELECT FROM forums_activitytopic g WHERE g.topic_id = t.id) {{known}}
    FROM forums_topic t JOIN forums_board b ON b.id = t.board_id
        LEFT JOIN forums_board p ON p.id = b.parent_id
        LEFT JOIN forums_network n ON n.id = b.network_id
    WHERE t.id = %(topic)s AND {TOPIC_VISIBLE.sql}
"""  # noqa: S608 - made of constants

_WITH_BOARD = f"""
    SELECT {TOPIC.text}, {BOARD.text} FROM {TOPIC_VISIBLE.tables}
    WHERE t.id = %(topic)s AND {TOPIC_VISIBLE.sql}
"""  # noqa: S608 - made of constants


def topic_with_board(pk: int, member: Any) -> Topic:
    """The topic `Topic.objects.visible_to(member)` would find, with its board: for who writes in it. Raises Http404."""
    rows = select(_WITH_BOARD, topic=pk, **reader(member))
    if not rows:
        raise Http404
    topic = TOPIC.made(rows[0][: len(TOPIC)])
    topic.board = BOARD.made(rows[0][len(TOPIC) :])
    return topic


@cache
def _at(*, signed_in: bool) -> str:
    """The statement, once everything is registered."""
    known = known_sql(signed_in=signed_in).values()
    return _AT.format(known="".join(f", {scalar}" for scalar in known))


def topic_at(pk: int, member: Any) -> Topic:
    """The topic `Topic.objects.visible_to(member)` would find, its board, the board's parent and network loaded.

    `has_activities` on it says whether to ask for those that grew out of it: most have none. `known` holds
    what wings to the right know of it and `member` (`topics.registry`), by name; of a visitor what asks
    nothing of the reader.
    Raises Http404 where there is none.
    """
    signed_in = is_signed_in(member)
    rows = select(_at(signed_in=signed_in), topic=pk, **reader(member))
    if not rows:
        raise Http404
    row = list(rows[0])

    topic, board = _taken(TOPIC, row), _taken(BOARD, row)
    parent, network = _taken(_PARENT, row), _taken(_NETWORK, row)
    assert topic and board  # noqa: S101, PT018 - they are joined
    board.parent, board.network = parent, network
    topic.board = board
    topic.has_activities, *known = row
    topic.known = dict(zip(known_sql(signed_in=signed_in), known, strict=True))
    return topic


def _taken[Row: Model](columns: Columns[Row], row: list[Any]) -> Row | None:
    """What stands first in `row`, which loses it; None where nothing was found."""
    values, row[:] = row[: len(columns)], row[len(columns) :]
    return columns.made(values) if values[0] is not None else None
