"""One topic by its number, with all that its pages ask of where it stands: one constant statement."""

from typing import Any

from django.db.models import Model
from django.http import Http404

from forums.base.constant_sql import Columns, select_named
from forums.discussions.boards.models import READABLE, Board, reading
from forums.discussions.topics.models import LISTED, Topic
from forums.groups.memberships.models import moderated_by
from forums.groups.networks.models import LONG, Network

_TOPIC = Columns(Topic, "t")
_BOARD = Columns(Board, "b")
_PARENT = Columns(Board, "p")
_NETWORK = Columns(Network, "n", without=LONG)
_AT = f"""
    SELECT {_TOPIC.text}, {_BOARD.text}, {_PARENT.text}, {_NETWORK.text},
        EXISTS (SELECT FROM forums_activitytopic g WHERE g.topic_id = t.id)
    FROM forums_topic t JOIN forums_board b ON b.id = t.board_id
        LEFT JOIN forums_board p ON p.id = b.parent_id
        LEFT JOIN forums_network n ON n.id = b.network_id
    WHERE t.id = %(topic)s AND {READABLE} AND (%(sees_all)s
        OR ({LISTED}) OR t.author_id = %(me)s
        OR (t.deleted_at IS NULL AND b.network_id = ANY(%(keeps)s)))
"""  # noqa: S608 - made of constants


def topic_at(pk: int, member: Any) -> Topic:
    """The topic `Topic.objects.visible_to(member)` would find, its board, the board's parent and network loaded.

    `has_activities` on it says whether to ask for those that grew out of it: most have none.
    Raises Http404 where there is none.
    """
    asked = reading(member) | {
        "topic": pk,
        "sees_all": member.is_authenticated and member.is_staff,
        "me": member.pk or 0,
        "keeps": moderated_by(member),
    }
    rows = select_named(_AT, asked)
    if not rows:
        raise Http404
    row = list(rows[0])

    def taken[Row: Model](columns: Columns[Row]) -> Row | None:
        values, row[:] = row[: len(columns)], row[len(columns) :]
        return columns.made(values) if values[0] is not None else None

    topic, board, parent, network = taken(_TOPIC), taken(_BOARD), taken(_PARENT), taken(_NETWORK)
    assert topic and board  # noqa: S101, PT018 - they are joined
    board.parent, board.network = parent, network
    topic.board = board
    (topic.has_activities,) = row
    return topic
