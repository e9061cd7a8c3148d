"""The statements that find posts. Each looks at a bounded number of them, whatever was asked.

Who may read is asked of post, topic and board themselves, in the same statement: nothing of it is
copied into the index, so nothing can be out of date.
"""

# ruff: noqa: S608 - made of constants; every value is a parameter
from collections.abc import Sequence
from typing import Any, NamedTuple

from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.discussions.posts.models import POST_FOR_LIST
from forums.search.query.filters import FILTERS, SearchFilter
from forums.search.query.language import Question

MOST = 1000  # matches that are counted and ranked
OFTEN = 2000  # posts a word may be in, by the count of words, to be looked up and ranked in full
NEWEST = 12_000  # for one that is in more: how far back it is looked for
ENOUGH = 500  # and how many matches of it are ranked
_LOOKED_AT = 5000  # matches that are ranked at most, should the count of words be far off

_ENTRIES = """forums_searchentry e JOIN forums_post p ON p.id = e.post_id
    JOIN forums_topic t ON t.id = p.topic_id JOIN forums_board b ON b.id = t.board_id"""

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
        for name, one in FILTERS.items():
            if wanted := question.wanted.get(name):
                together = [(value,) for value in wanted] if one.each else [wanted]
                for number, values in enumerate(together):
                    parts.append(self._with(one, f"{name}{number}", values))
            if unwanted := question.without.get(name):
                parts.append(f"({self._with(one, f'no_{name}', unwanted)}) IS NOT TRUE")
        self.narrowed = len(parts) > 1
        self.condition = " AND ".join(parts)

    def _with(self, one: SearchFilter, parameter: str, values: Sequence[Any]) -> str:
        if isinstance(one.sql, str):
            self.values[parameter] = one.binds(values)
        return one.condition(values, parameter)


class Ranked(NamedTuple):
    """How matches are put in order: SQL over `m.words`, its parameters, and the words of a title."""

    score: str
    values: dict[str, Any]
    in_title: str


def by_pairs(query: str, *, among: Among, order: Ranked, newest_first: bool) -> list[Hit]:
    """Every post whose pairs answer `query` (for what is not in too many)."""
    return _ranked("e.pairs @@ %(query)s::tsquery", query, among, order, newest_first)


def by_words(query: str, *, among: Among, order: Ranked, newest_first: bool) -> list[Hit]:
    """Every post whose words answer `query`."""
    return _ranked("e.words @@ %(query)s::tsquery", query, among, order, newest_first)


def among_newest(query: str, *, among: Among, order: Ranked, newest_first: bool) -> list[Hit]:
    """What answers `query` among the newest posts: for words that are nearly everywhere.

    Written as a function, the match keeps PostgreSQL from gathering all of them by the index first.
    """
    return _ranked(
        f"""ts_match_vq(e.words, %(query)s::tsquery)
            AND e.post_id > (SELECT max(post_id) FROM forums_searchentry) - {NEWEST}""",
        query,
        among,
        order,
        newest_first,
        some=f"ORDER BY e.post_id DESC LIMIT {ENOUGH}",
    )


def is_there(query: str, *, among: Among) -> bool:
    """Is there any post whose pairs answer `query`?

    Asked as `by_pairs` asks: for one row alone PostgreSQL would rather read the table until it meets one.
    """
    statement = f"""WITH m AS MATERIALIZED (
            SELECT e.post_id, p.topic_id, 0 FROM {_ENTRIES}
            WHERE e.pairs @@ %(query)s::tsquery AND {among.condition} LIMIT {_LOOKED_AT})
        SELECT * FROM m LIMIT 1"""
    return bool(_hits(statement, among.values | {"query": query}))


def newest(*, among: Among) -> list[Hit]:
    """The newest posts: for a question of filters only."""
    return _hits(
        f"""SELECT e.post_id, p.topic_id, 0 FROM {_ENTRIES}
            WHERE {among.condition} ORDER BY p.created_at DESC, e.post_id DESC LIMIT {MOST + 1}""",
        among.values,
    )


def _ranked(
    match: str,
    query: str,
    among: Among,
    order: Ranked,
    newest_first: bool,
    *,
    some: str = f"LIMIT {_LOOKED_AT}",
) -> list[Hit]:
    # `words || ''` unpacks the vector once, not once for every word that is ranked.
    by = "m.created_at DESC" if newest_first else "score DESC"
    return _hits(
        f"""WITH m AS MATERIALIZED (
            SELECT e.post_id, e.words || ''::tsvector AS words, p.topic_id, p.created_at
            FROM {_ENTRIES} WHERE {match} AND {among.condition} {some})
        SELECT m.post_id, m.topic_id, {order.score} * {_TITLE} * {_RECENCY} AS score
        FROM m ORDER BY {by}, m.post_id DESC LIMIT {MOST + 1}""",
        among.values | order.values | {"query": query, "in_title": order.in_title},
    )


def _hits(statement: str, values: dict[str, Any]) -> list[Hit]:
    return [Hit(*row) for row in select(statement, **values)]


def ids(hits: Sequence[Hit]) -> set[int]:
    return {hit.post_id for hit in hits}
