"""Which networks speak in a topic, and how much. Called by actions that hold the topic's row lock."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from forums.base.constant_sql import select
from forums.discussions.boards.models import Access
from forums.discussions.topics.models import MOST_USEFUL, VOICES, State, Topic, TopicNetwork
from forums.groups.networks.ties import tie_replies, tie_topics, tie_voice

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from forums.discussions.posts.models import Post

# A network is alive when it talks; an hour's grain keeps its row free for others. Both parts see the
# table as it was before: `present` are those who spoke already.
_COUNT = f"""
    WITH counted AS (
        INSERT INTO forums_topicnetwork AS t
            (topic_id, network_id, state, post_count, first_at, most_useful)
        VALUES (%(topic)s, %(network)s, %(present)s, 1, %(at)s, %(comments)s)
        ON CONFLICT (topic_id, network_id) DO UPDATE SET
            post_count = t.post_count + 1,
            first_at = CASE WHEN t.post_count = 0 THEN EXCLUDED.first_at ELSE t.first_at END,
            most_useful = CASE WHEN cardinality(t.most_useful) < {MOST_USEFUL}
                THEN t.most_useful || EXCLUDED.most_useful ELSE t.most_useful END
        RETURNING post_count
    ), alive AS (
        UPDATE forums_network SET last_active_at = %(at)s
        WHERE %(open)s AND id = %(network)s AND last_active_at < %(at)s - interval '1 hour'
    )
    SELECT post_count, ARRAY(
        SELECT network_id FROM forums_topicnetwork
        WHERE topic_id = %(topic)s AND post_count > 0 ORDER BY first_at, id
    ) FROM counted
"""  # noqa: S608 - made of constants
_PRESENT = """
    SELECT network_id FROM forums_topicnetwork
    WHERE topic_id = %s AND post_count > 0 ORDER BY first_at, id
"""
# What differs is written, and said. Posts stand to the right: which count is POST_SHOWN, written again.
_RECOUNT = f"""
    WITH said AS (
        SELECT topic_id, network_id, count(*) AS posts, min(created_at) AS first_at, coalesce(
            (array_agg(id ORDER BY useful_count DESC, id) FILTER (WHERE number > 0))[:{MOST_USEFUL}], '{{}}') AS best
        FROM forums_post
        WHERE topic_id = ANY(%s) AND network_id IS NOT NULL
            AND hidden_at IS NULL AND deleted_at IS NULL
        GROUP BY topic_id, network_id
    ), added AS (
        INSERT INTO forums_topicnetwork AS t
            (topic_id, network_id, state, post_count, first_at, most_useful)
        SELECT topic_id, network_id, %s, posts, first_at, best FROM said ORDER BY topic_id, network_id
        ON CONFLICT (topic_id, network_id) DO UPDATE SET post_count = EXCLUDED.post_count,
            first_at = EXCLUDED.first_at, most_useful = EXCLUDED.most_useful
            WHERE (t.post_count, t.first_at, t.most_useful)
                <> (EXCLUDED.post_count, EXCLUDED.first_at, EXCLUDED.most_useful)
        RETURNING topic_id, network_id, post_count
    ), emptied AS (
        UPDATE forums_topicnetwork t SET post_count = 0, most_useful = '{{}}'
        WHERE t.topic_id = ANY(%s) AND (t.post_count > 0 OR t.most_useful <> '{{}}') AND NOT EXISTS (
            SELECT FROM said WHERE (said.topic_id, said.network_id) = (t.topic_id, t.network_id))
        RETURNING topic_id, network_id, post_count
    )
    SELECT topic_id, network_id, post_count FROM added
    UNION ALL SELECT topic_id, network_id, post_count FROM emptied
    ORDER BY topic_id, network_id
"""  # noqa: S608 - made of constants
_PRESENT_IN = """
    SELECT topic_id, array_agg(network_id ORDER BY first_at, id)
    FROM forums_topicnetwork WHERE topic_id = ANY(%s) AND post_count > 0 GROUP BY topic_id
"""


class Count(NamedTuple):
    """How many posts of a topic speak from a network, corrected."""

    topic_id: int
    network_id: int
    posts: int


def count_voice(topic: Topic, post: "Post", *, answered: int | None) -> None:
    """Write into `topic` (locked) that `post`, spoken from a network, was just added to it.

    `answered` is the network that the post it answers was spoken from. What others read of a network
    (when it talked last, its ties) knows only of talk that everyone may read.
    """
    if post.network_id is None:
        return
    ((count, spoke),) = select(
        _COUNT,
        topic=topic.pk,
        network=post.network_id,
        present=State.PRESENT,
        at=post.created_at,
        open=is_open(topic),
        comments=[post.pk] if post.number else [],
    )
    present = []
    if count == 1:
        present = [*spoke, post.network_id]
        _set_voices(topic, present)
    if is_open(topic):
        tie_voice(post.network_id, beside=present, answered=answered)


def weigh(post: "Post", change: int) -> None:
    """Put `post` (its topic locked), just marked or marked no more, among what was found most useful of its network."""
    if post.network_id is None or not post.number:
        return
    its = TopicNetwork.objects.filter(topic=post.topic_id, network=post.network_id)
    known = its.values_list("most_useful", flat=True).get()
    if change < 0 and post.pk not in known:
        return
    said = type(post).objects.filter(
        topic=post.topic_id, network=post.network_id, number__gt=0, hidden_at=None, deleted_at=None
    )
    if change > 0:  # the others stay as they are: it may only pass one of the first
        said = said.filter(pk__in=[*known, post.pk])
    first = first_of(said)
    if first != known:
        its.update(most_useful=first)


def first_of(posts: "QuerySet[Post]") -> list[int]:
    """Those of `posts` found most useful, by id: what is remembered of a network in a topic."""
    found = posts.order_by("-useful_count", "pk")
    return list(found.values_list("pk", flat=True)[:MOST_USEFUL])


def is_open(topic: Topic) -> bool:
    """Is this topic (its board loaded) in a board everyone may read?"""
    return topic.board.read_level == Access.EVERYONE


def recount_voices(topic: Topic) -> None:
    """Count anew who speaks in `topic` (locked): after one of its posts was hidden, deleted, shown."""
    before = set(_present(topic.pk))
    recount_many([topic.pk])
    present = _present(topic.pk)
    _set_voices(topic, present)
    if not is_open(topic):
        return
    for gone in before - set(present):
        tie_topics(gone, before - {gone}, -1)
        before.discard(gone)
    there = before & set(present)
    for come in set(present) - before:
        tie_topics(come, there, 1)
        there.add(come)


def recount_many(topic_ids: Sequence[int]) -> list[Count]:
    """The rows of `TopicNetwork` of these topics (locked), from their posts; returns those that changed."""
    ids = list(topic_ids)
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, [ids, State.PRESENT, ids])
        return [Count(*row) for row in cursor.fetchall()]


def repair_voices(topics: Sequence[Topic]) -> tuple[list[Count], list[Topic]]:
    """Count anew who speaks in `topics` (locked, as they stand in the database).

    Returns the counts that were wrong and the topics whose strand was. What the networks have to do
    with one another is counted apart (`voices.maintenance.repair_ties`).
    """
    ids = [topic.pk for topic in topics]
    counts = recount_many(ids)
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT_IN, [ids])
        present = dict(cursor.fetchall())
    return counts, [topic for topic in topics if _set_voices(topic, present.get(topic.pk, []))]


def count_answer(topic: Topic, post: "Post", change: int) -> None:
    """A reply between networks can be read again (1), or no more (-1)."""
    if post.network_id is None or not is_open(topic):
        return
    answered = answered_network(post)
    if answered is not None:
        tie_replies(post.network_id, answered, change)


def answered_network(post: "Post") -> int | None:
    """The network spoken from by what `post` answers: its parent, or for a comment the topic's text."""
    if post.number == 0:
        return None
    if post.parent_id is not None:
        return type(post).objects.values_list("network_id", flat=True).get(pk=post.parent_id)
    return Topic.objects.values_list("network_id", flat=True).get(pk=post.topic_id)


def _present(topic_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT, [topic_id])
        return [row[0] for row in cursor.fetchall()]


def _set_voices(topic: Topic, present: list[int]) -> bool:
    if topic.voices == present[:VOICES]:
        return False
    topic.voices = present[:VOICES]
    Topic.objects.filter(pk=topic.pk).update(voices=topic.voices)
    return True
