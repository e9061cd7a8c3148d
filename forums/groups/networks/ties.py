"""What networks have to do with one another, counted as it happens. Called by actions only.

A statement locks its rows in the order of their ids, and stands last in its transaction: two of these
at once wait for one another, never in a circle.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

_ADD = """
    INSERT INTO forums_tie (source_id, target_id, replies, members, topics)
    SELECT source, target, replies, members, topics
    FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::int[], %s::int[])
        AS tie (source, target, replies, members, topics) ORDER BY source, target
    ON CONFLICT (source_id, target_id) DO UPDATE SET
        replies = forums_tie.replies + EXCLUDED.replies,
        members = forums_tie.members + EXCLUDED.members,
        topics = forums_tie.topics + EXCLUDED.topics
"""
_TAKE = """
    WITH locked AS (
        SELECT t.id FROM forums_tie t
        JOIN unnest(%s::bigint[], %s::bigint[]) AS pair (source, target)
            ON t.source_id = pair.source AND t.target_id = pair.target
        ORDER BY t.source_id, t.target_id FOR UPDATE OF t
    )
    UPDATE forums_tie SET replies = greatest(replies - %s, 0),
        members = greatest(members - %s, 0), topics = greatest(topics - %s, 0)
    WHERE id IN (SELECT id FROM locked)
"""


def tie_replies(source: int, target: int, change: int) -> None:
    """A post spoken from `source` answers one spoken from `target` (1), or can no longer be read (-1)."""
    _move([(source, target)], change, replies=1)


def tie_members(network: int, others: Iterable[int], change: int) -> None:
    """Somebody who is in `others` has joined `network` (1), or left it (-1)."""
    _move(_both_ways(network, others), change, members=1)


def tie_topics(network: int, others: Iterable[int], change: int) -> None:
    """`network` speaks in a topic in which `others` do (1), or no more (-1)."""
    _move(_both_ways(network, others), change, topics=1)


def tie_voice(network: int, *, beside: Iterable[int], answered: int | None) -> None:
    """A post was spoken from `network`, its first in a topic where those `beside` speak, in answer to one.

    One statement for both: two would lock their rows in no order.
    """
    found = {pair: [0, 0, 1] for pair in _both_ways(network, beside)}
    if answered is not None:
        found.setdefault((network, answered), [0, 0, 0])[0] = 1
    _add([(*pair, *numbers) for pair, numbers in found.items()])


def _both_ways(network: int, others: Iterable[int]) -> list[tuple[int, int]]:
    pairs = [(network, other) for other in others if other != network]
    return pairs + [(other, one) for one, other in pairs]


def _add(rows: Sequence[tuple[int, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [list(column) for column in zip(*rows, strict=True)])


def _move(
    pairs: list[tuple[int, int]],
    change: int,
    *,
    replies: int = 0,
    members: int = 0,
    topics: int = 0,
) -> None:
    if change > 0:
        _add([(*pair, replies, members, topics) for pair in pairs])
    elif pairs:
        sources, targets = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [sources, targets, replies, members, topics])
