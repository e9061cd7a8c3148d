"""What hangs on a topic and goes with its posts when it is merged: who follows it, how far it was read, who spoke from where,
which networks take part, what grew out of it. In SQL: of a long topic thousands of rows."""

from django.db import connection

from forums.discussions.topics.models import State, Topic

_FOLLOWS = """
    INSERT INTO forums_follow (member_id, topic_id, level, created_at)
    SELECT member_id, %(target)s, level, created_at FROM forums_follow
    WHERE topic_id = %(source)s AND level > 1 ORDER BY member_id ON CONFLICT DO NOTHING
"""
# Who has read all that the target had, has read there what she had read here.
_READ = """
    UPDATE forums_readmark t SET number = %(base)s + s.number FROM forums_readmark s
    WHERE s.topic_id = %(source)s AND t.topic_id = %(target)s AND t.member_id = s.member_id
        AND t.number >= %(last)s
"""
_READ_BACK = """
    UPDATE forums_readmark SET number = %(base)s - 1
    WHERE topic_id = %(target)s AND number BETWEEN %(base)s AND %(base)s + %(last)s
"""
_STANDPOINTS = """
    INSERT INTO forums_standpoint (topic_id, member_id, network_id, in_name, created_at)
    SELECT %(target)s, member_id, network_id, in_name, created_at FROM forums_standpoint
    WHERE topic_id = %(source)s ORDER BY member_id ON CONFLICT DO NOTHING
"""
_NETWORKS = """
    INSERT INTO forums_topicnetwork (topic_id, network_id, state, asked_by_id, asked_at,
        decided_by_id, decided_at, first_at, post_count, most_useful)
    SELECT %(target)s, network_id, state, asked_by_id, asked_at, decided_by_id, decided_at, first_at, 0, '{}'
    FROM forums_topicnetwork WHERE topic_id = %(source)s AND state = %(joined)s
    ORDER BY network_id
    ON CONFLICT (topic_id, network_id) DO UPDATE SET state = EXCLUDED.state
        WHERE forums_topicnetwork.state = %(present)s
"""
_ACTIVITIES = """
    INSERT INTO forums_activitytopic (activity_id, topic_id)
    SELECT activity_id, %(target)s FROM forums_activitytopic WHERE topic_id = %(source)s
    ORDER BY activity_id ON CONFLICT DO NOTHING
"""


def carry(source: Topic, target: Topic, *, base: int, last: int) -> None:
    """Let the target have what hung on the source; `last` is the last number it had itself. What is hers already stays."""
    values: dict[str, int | str] = {
        "source": source.pk,
        "target": target.pk,
        "base": base,
        "last": last,
        "joined": State.JOINED.value,
        "present": State.PRESENT.value,
    }
    with connection.cursor() as cursor:
        for statement in (_FOLLOWS, _READ, _STANDPOINTS, _NETWORKS, _ACTIVITIES):
            cursor.execute(statement, values)


def read_as_before(target: Topic, *, base: int, last: int) -> None:
    """Marks that stand in what leaves the target again stand at its end."""
    with connection.cursor() as cursor:
        cursor.execute(_READ_BACK, {"target": target.pk, "base": base, "last": last})
