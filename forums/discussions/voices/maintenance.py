"""Counting anew what networks have to do with one another: `manage.py recount`.

Ties are written last in a transaction (networks.ties), whatever else it locked. So it is enough to
lock the ties and then to count: who has moved one is waited for, and the next statement sees what he
wrote; who comes later waits, moves the number found here, and what he wrote is not counted yet.
"""

from typing import NamedTuple

from django.db import connection, transaction

from forums.discussions.posts.models import POST_SHOWN

# The ties of these networks as they should be. The index of each join begins with the network's id
# or the topic's; a post speaks from a network of which the topic has a row (standpoints.counters). Only
# talk everyone may read counts (read_level -1): a drawing must not tell of the rest.
_TRUE = f"""
    WITH asked AS (SELECT unnest(%s::bigint[]) AS id), parts AS (
        SELECT p.network_id AS source, coalesce(parent.network_id, topic.network_id) AS target,
            count(*) AS replies, 0 AS members, 0 AS topics
        FROM forums_topicnetwork t
            JOIN forums_post p ON p.topic_id = t.topic_id AND p.network_id = t.network_id
            LEFT JOIN forums_post parent ON parent.id = p.parent_id
            LEFT JOIN forums_topic topic ON topic.id = p.topic_id AND p.parent_id IS NULL
            JOIN forums_topic talk ON talk.id = t.topic_id
            JOIN forums_board b ON b.id = talk.board_id AND b.read_level = -1
        WHERE t.network_id IN (SELECT id FROM asked)
            AND p.number > 0 AND {POST_SHOWN.sql}
            AND coalesce(parent.network_id, topic.network_id) IS NOT NULL
        GROUP BY 1, 2
        UNION ALL
        SELECT a.network_id, b.network_id, 0, count(*), 0
        FROM forums_membership a
            JOIN forums_membership b ON b.member_id = a.member_id AND b.network_id <> a.network_id
        WHERE a.network_id IN (SELECT id FROM asked) GROUP BY 1, 2
        UNION ALL
        SELECT a.network_id, b.network_id, 0, 0, count(*)
        FROM forums_topicnetwork a JOIN forums_topicnetwork b
            ON b.topic_id = a.topic_id AND b.network_id <> a.network_id AND b.post_count > 0
            JOIN forums_topic talk ON talk.id = a.topic_id
            JOIN forums_board board ON board.id = talk.board_id AND board.read_level = -1
        WHERE a.network_id IN (SELECT id FROM asked) AND a.post_count > 0 GROUP BY 1, 2
    ), counted AS (
        SELECT source, target, sum(replies)::int AS replies, sum(members)::int AS members,
            sum(topics)::int AS topics
        FROM parts GROUP BY source, target
    )
"""  # noqa: S608 - made of constants
_NEXT = "SELECT id FROM forums_network WHERE id > %s ORDER BY id LIMIT %s"
_MISSING = f"""{_TRUE}
    INSERT INTO forums_tie (source_id, target_id, replies, members, topics)
    SELECT source, target, 0, 0, 0 FROM counted ORDER BY source, target
    ON CONFLICT (source_id, target_id) DO NOTHING
"""  # noqa: S608 - made of constants
_COUNTED = "ANALYZE forums_board, forums_topic, forums_post, forums_topicnetwork, forums_membership"
_LOCK = """
    SELECT FROM forums_tie WHERE source_id = ANY(%s) ORDER BY source_id, target_id FOR UPDATE
"""
# Gathered, not joined: whatever PostgreSQL believes of a table that has just been filled, each row is read once.
_CORRECT = f"""{_TRUE}, wrong AS (
        SELECT max(id) AS id, sum(replies_before)::int AS replies_before,
            sum(members_before)::int AS members_before, sum(topics_before)::int AS topics_before,
            sum(replies)::int AS replies, sum(members)::int AS members, sum(topics)::int AS topics
        FROM (
            SELECT id, source_id, target_id, replies AS replies_before, members AS members_before,
                topics AS topics_before, 0 AS replies, 0 AS members, 0 AS topics
            FROM forums_tie WHERE source_id = ANY(%s)
            UNION ALL
            SELECT NULL, source, target, 0, 0, 0, replies, members, topics FROM counted
        ) AS both_sides
        GROUP BY source_id, target_id
        HAVING max(id) IS NOT NULL AND (sum(replies_before), sum(members_before), sum(topics_before))
            <> (sum(replies), sum(members), sum(topics))
    ), corrected AS (
        UPDATE forums_tie t
        SET replies = wrong.replies, members = wrong.members, topics = wrong.topics
        FROM wrong WHERE wrong.id = t.id
        RETURNING t.source_id, t.target_id, wrong.replies_before, wrong.members_before,
            wrong.topics_before, wrong.replies, wrong.members, wrong.topics
    )
    SELECT * FROM corrected ORDER BY source_id, target_id
"""  # noqa: S608 - made of constants


class Tied(NamedTuple):
    replies: int
    members: int
    topics: int


class Wrong(NamedTuple):
    """A tie that was corrected: what it said, and what is true."""

    source_id: int
    target_id: int
    before: Tied
    now: Tied


def learn_sizes() -> None:
    """Before the first `repair_ties`: of what was just brought in PostgreSQL knows nothing yet, and may count as
    in tables without rows (minutes instead of seconds for four hundred networks).
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)


def repair_ties(*, after: int, size: int) -> tuple[int | None, list[Wrong]]:
    """Count the ties of the next `size` networks; the id to go on after, and those that were wrong.

    After the topics: their rows of `TopicNetwork` are what is counted here.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [after, size])
        ids = [pk for (pk,) in cursor.fetchall()]
    if not ids:
        return None, []
    return ids[-1], repair_ties_of(ids)


def repair_ties_of(ids: list[int]) -> list[Wrong]:
    """Count the ties of these networks (ids, ascending); returns those that were wrong."""
    _add_missing(ids)
    return _correct(ids)


@transaction.atomic
def _add_missing(ids: list[int]) -> None:
    """Apart from the correcting: rows are locked in one order only when all of them are there."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [ids])


@transaction.atomic
def _correct(ids: list[int]) -> list[Wrong]:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [ids])
        cursor.execute(_CORRECT, [ids, ids])
        return [
            Wrong(source, target, Tied(*numbers[:3]), Tied(*numbers[3:]))
            for source, target, *numbers in cursor.fetchall()
        ]
