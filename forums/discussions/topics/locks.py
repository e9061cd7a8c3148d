"""Rows locked in the order every writer keeps: boards, topics, tags; ids ascending."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from forums.base.constant_sql import select
from forums.discussions.boards.models import Board
from forums.discussions.topics.loading import BOARD, TOPIC
from forums.discussions.topics.models import Topic
from forums.tags.models import Tag


class _Moved(Exception):
    """A topic went to another board between looking and locking."""


def lock_topics(topics: Sequence[Topic], *boards: Board, tags: bool = False) -> list[Topic]:
    """Lock these topics with the boards they stand in (and `boards`), until the transaction ends.

    Returns them as they are now, in the order of their ids, each with its board. With `tags` the
    rows of their tags too, which counters of several topics would else lock in any order.
    Raises Topic.DoesNotExist.
    """
    wanted = sorted({topic.pk for topic in topics})
    while True:
        try:
            with transaction.atomic():  # undone, it gives its locks back
                found = _lock_topics(wanted, {board.pk for board in boards})
                if tags:
                    _lock_tags(wanted)
                return found
        except _Moved:
            continue


def _lock_topics(wanted: list[int], boards: set[int]) -> list[Topic]:
    boards |= set(Topic.objects.filter(pk__in=wanted).values_list("board_id", flat=True))
    touch(Board.objects.select_for_update().filter(pk__in=boards).order_by("pk"))
    touch(Topic.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    # Read in a statement of its own: one that waits for a lock sees other tables as they were before.
    found = list(Topic.objects.filter(pk__in=wanted).select_related("board").order_by("pk"))
    if len(found) != len(wanted):
        raise Topic.DoesNotExist
    if any(topic.board_id not in boards for topic in found):
        raise _Moved
    return found


def _lock_tags(topic_ids: list[int]) -> None:
    tagged = Tag.objects.filter(tagged__content_object__in=topic_ids).values("pk")
    touch(Tag.objects.select_for_update().filter(pk__in=tagged).order_by("pk"))


def touch(rows: QuerySet[Any]) -> None:
    list(rows.values_list("pk", flat=True))


# Asked with every text and mark.
_LOCKED = f"SELECT {TOPIC.text} FROM forums_topic t WHERE t.id = %(topic)s FOR UPDATE"  # noqa: S608 - constants
_ITS_BOARD = f"SELECT {BOARD.text} FROM forums_board b WHERE b.id = %(board)s"  # noqa: S608 - constants


def lock_topic(pk: int) -> Topic:
    """The topic with its board, its row locked until the transaction ends.

    Two statements: one that waits for a lock sees other tables as they were before it, and would
    find no board, hence no topic, for one that was moved meanwhile.
    """
    rows = select(_LOCKED, topic=pk)
    if not rows:
        raise Topic.DoesNotExist
    topic = TOPIC.made(rows[0])
    topic.board = BOARD.made(select(_ITS_BOARD, board=topic.board_id)[0])
    return topic
