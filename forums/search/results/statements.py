"""The statements that find posts. Each looks at a bounded number of them, whatever was asked.

Who may read is asked of post, topic and board themselves, in the same statement: nothing of it is
copied into the index, so nothing can be out of date.
"""

# ruff: noqa: S608 - made of constants; every value is a parameter
from collections.abc import Sequence
from typing import Any, NamedTuple

from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.discussions.posts.models import POST_FOR_LIST, POST_SHOWN
from forums.discussions.topics.models import TOPIC_FOR_LIST
from forums.search.query.filters import FILTERS, SearchFilter
from forums.search.query.language import Question

MOST = 1000  # matches that are counted and ranked
OFTEN = 10_000  # posts a word may be in, by the count of words, to be looked up in full at once
NEWEST = 12_000  # for one that is in more: how far back it is looked for first
ENOUGH = 500  # and how many matches of it are ranked
FURTHEST = 36_000  # posts left by the filters that are looked through for it
LOOKED_AT = 2000  # matches that are looked at to find those that are ranked: the newest
_OF_A_TOPIC = 2000  # posts of one topic, so that none takes the place of all others

_ENTRIES = """forums_searchentry e JOIN forums_post p ON p.id = e.post_id
    JOIN forums_topic t ON t.id = p.topic_id JOIN forums_board b ON b.id = t.board_id"""

# Deleting what no vector has fetches one that is stored apart once, not once for every word that is ranked; it copies it and
# no more (0.2 µs), where `words || ''` puts it together anew (5 µs, as much as all the ranking).
_PLACE = "e.post_id, p.topic_id, p.created_at"
_FOUND = f"{_PLACE}, ts_delete(e.words, '') AS words"

# ×1.2 for what was written today, ×1.1 a year ago, ×1.05 two years ago: age decides between equals.
_RECENCY = "(1 + 0.2 * 2 ^ (extract(epoch FROM m.created_at - now())::float / 31557600))"
_TITLE = "(CASE WHEN m.words @@ %(in_title)s::tsquery THEN 1.5::float ELSE 1 END)"


class Hit(NamedTuple):
    """One post that was found, and how well it answers."""

    post_id: int
    topic_id: int
    score: float


class Among:
    """The posts a question may find: what its reader may read, held against its filters."""

    def __init__(self, question: Question, member: Any) -> None:
        self.values: dict[str, Any] = reader(member)
        parts = [POST_FOR_LIST.sql]
        topics, posts = [], [POST_SHOWN.sql]
        for name, one in FILTERS.items():
            if wanted := question.wanted.get(name):
                together = [(value,) for value in wanted] if one.each else [wanted]
                for number, values in enumerate(together):
                    parts.append(self._with(one, f"{name}{number}", values))
                    topics.append(one.of_topics(values, f"{name}{number}"))
                    posts += parts[-1:] if one.of_posts else []
            if unwanted := question.without.get(name):
                parts.append(f"({self._with(one, f'no_{name}', unwanted)}) IS NOT TRUE")
        self.narrowed = len(parts) > 1
        self.condition = " AND ".join(parts)
        # Where a search may start from, instead of the words: the topics, or the author, it is held against.
        self.of_topics = " AND ".join([TOPIC_FOR_LIST.sql, *filter(None, topics)])
        self.of_posts = " AND ".join(posts)
        self.of_author = "author" in question.wanted
        self.can_start = self.of_author or any(topics)

    def start(self, looked_at: int) -> str:
        """SQL for the ids of the newest posts the filters leave, so many: by topics, or by the author.

        Topics come by what was said in them last, and of each its newest posts. The number stands in
        the text: planned for any number, PostgreSQL would read every entry.
        """
        limit = f"LIMIT {looked_at:d}"
        if not self.can_start:
            return (
                f"SELECT post_id AS id FROM forums_searchentry WHERE post_id > {_before(looked_at)}"
            )
        if self.of_author:
            return f"""SELECT id FROM forums_post WHERE author_id = ANY(%(author0)s)
                ORDER BY created_at DESC, id DESC {limit}"""
        return f"""SELECT p.id FROM (
                SELECT t.id, t.board_id FROM forums_topic t JOIN forums_board b ON b.id = t.board_id
                WHERE {self.of_topics} ORDER BY t.last_post_at DESC, t.id DESC {limit}) t
            CROSS JOIN LATERAL (
                SELECT p.id FROM forums_post p WHERE p.topic_id = t.id AND {self.of_posts}
                ORDER BY p.created_at DESC, p.id DESC LIMIT {_OF_A_TOPIC}) p
            {limit}"""

    def _with(self, one: SearchFilter, parameter: str, values: Sequence[Any]) -> str:
        if isinstance(one.sql, str):
            self.values[parameter] = one.binds(values)
        return one.condition(values, parameter)


class EntryMatch(NamedTuple):
    """What a post's entry must answer: a tsquery over its words, or over its pairs.

    `loosely`: what of it the index knows by itself, without places and weights; nothing else answers.
    """

    column: str
    query: str
    loosely: str = ""

    @property
    def indexed(self) -> str:
        return f"e.{self.column} @@ %(query)s::tsquery"

    @property
    def each(self) -> str:
        """The match written as a function: so PostgreSQL does not gather all of them by the index first."""
        return f"ts_match_vq(e.{self.column}, %(query)s::tsquery)"


class Ranked(NamedTuple):
    """How matches are put in order: SQL over `m.words`, its parameters, and the words of a title."""

    score: str
    values: dict[str, Any]
    in_title: str


def by_index(match: EntryMatch, *, among: Among, order: Ranked, newest_first: bool) -> list[Hit]:
    """Every post that answers, by the index (for what is not in too many)."""
    found = f"""SELECT {_FOUND} FROM {_ENTRIES}
        WHERE {match.indexed} AND {among.condition} LIMIT {2 * LOOKED_AT}"""
    return _hits(_ranked(found, order, newest_first), among.values | _values(match, order))


def newest_by_index(
    match: EntryMatch, *, among: Among, order: Ranked, newest_first: bool
) -> list[Hit]:
    """The newest posts that answer, by the index, as many as are counted: where more do, all would be read else.

    The index gathers those that may answer; their places are compared from the newest on, until there are enough: pairs are
    stored apart from the entry, and to fetch those of thousands is most of what a search costs.
    """
    if match.loosely:
        start = f"""(SELECT e.post_id AS id FROM forums_searchentry e
            WHERE e.{match.column} @@ %(loosely)s::tsquery ORDER BY e.post_id + 0 DESC)"""
        condition = f"{match.each} AND {among.condition}"
    else:
        start = f"""(SELECT e.post_id AS id FROM forums_searchentry e
            WHERE {match.indexed} ORDER BY e.post_id + 0 DESC LIMIT {LOOKED_AT})"""
        condition = among.condition
    found = _each_of(start, condition, f"LIMIT {MOST + 1}")
    return _hits(_ranked(found, order, newest_first), among.values | _values(match, order))


def from_the_newest_on(
    match: EntryMatch, *, among: Among, order: Ranked, newest_first: bool
) -> list[Hit]:
    """The same, one post after the other: for what is met so soon that the index would gather more than are passed by."""
    start = f"""(SELECT e.post_id AS id FROM forums_searchentry e
        WHERE {match.each} ORDER BY e.post_id DESC LIMIT {LOOKED_AT})"""
    found = _each_of(start, among.condition, f"LIMIT {MOST + 1}")
    return _hits(_ranked(found, order, newest_first), among.values | _values(match, order))


def among_newest(
    match: EntryMatch, *, among: Among, order: Ranked, newest_first: bool
) -> list[Hit]:
    """What answers among the newest posts: for words that are nearly everywhere."""
    found = f"""SELECT {_FOUND} FROM {_ENTRIES}
        WHERE {match.each} AND e.post_id > {_before(NEWEST)} AND {among.condition}
        ORDER BY e.post_id DESC LIMIT {ENOUGH}"""
    return _hits(_ranked(found, order, newest_first), among.values | _values(match, order))


def from_filters(
    match: EntryMatch, *, among: Among, order: Ranked, newest_first: bool, looked_at: int
) -> tuple[list[Hit], bool]:
    """What answers among the `looked_at` newest posts the filters leave; and whether those are all they leave."""
    found = _each_of("c", f"{match.each} AND {among.condition}", f"LIMIT {MOST + 1}")
    count, *hits = _hits(
        f"""WITH c AS MATERIALIZED ({among.start(looked_at)})
            SELECT 0, 0, count(*)::float FROM c UNION ALL ({_ranked(found, order, newest_first)})""",
        among.values | _values(match, order),
    )
    return hits, count.score < looked_at


def is_there(query: str, *, among: Among) -> bool:
    """Is there any post whose pairs answer `query`? The first one that may be read is enough.

    OFFSET 0, for where one row alone is wanted PostgreSQL would rather read the table until it meets one.
    """
    start = """(SELECT e.post_id AS id FROM forums_searchentry e
        WHERE e.pairs @@ %(query)s::tsquery OFFSET 0)"""
    statement = _each_of(start, among.condition, "LIMIT 1", columns="e.post_id, p.topic_id, 0")
    return bool(_hits(statement, among.values | {"query": query}))


def newest(*, among: Among) -> list[Hit]:
    """The newest posts: for a question of filters only."""
    start = among.start(NEWEST)
    return _hits(
        f"""SELECT post_id, topic_id, 0 FROM ({_each_of(f"({start})", among.condition, columns=_PLACE)}) found
            ORDER BY created_at DESC, post_id DESC LIMIT {MOST + 1}""",
        among.values,
    )


def _before(newest: int) -> str:
    """SQL for the id before the newest posts, so many. Counted, for ids have gaps: of what was refused, and what is gone."""
    return f"""coalesce((SELECT post_id FROM forums_searchentry
        ORDER BY post_id DESC OFFSET {newest:d} LIMIT 1), 0)"""


def _each_of(start: str, condition: str, some: str = "", *, columns: str = _FOUND) -> str:
    """Of these posts, one after the other, those the condition holds of: PostgreSQL begins nowhere else."""
    return f"""SELECT found.* FROM {start} c CROSS JOIN LATERAL (
        SELECT {columns} FROM {_ENTRIES} WHERE e.post_id = c.id AND {condition} OFFSET 0) found {some}"""


def _ranked(found: str, order: Ranked, newest_first: bool) -> str:
    by = "m.created_at DESC" if newest_first else "score DESC"
    return f"""WITH m AS MATERIALIZED ({found})
        SELECT m.post_id, m.topic_id, {order.score} * {_TITLE} * {_RECENCY} AS score
        FROM m ORDER BY {by}, m.post_id DESC LIMIT {MOST + 1}"""


def _values(match: EntryMatch, order: Ranked) -> dict[str, Any]:
    return order.values | {
        "query": match.query,
        "loosely": match.loosely,
        "in_title": order.in_title,
    }


def _hits(statement: str, values: dict[str, Any]) -> list[Hit]:
    return [Hit(*row) for row in select(statement, **values)]


def ids(hits: Sequence[Hit]) -> set[int]:
    return {hit.post_id for hit in hits}
