"""Topics near another: near a title while it is typed, and under every topic. Reads only.

Words alone decide, and how rare they are: neither marks nor agreement nor who speaks. Both look in
`search_heads`, the index of titles, tags and headings: what they cost grows with the number of
topics, not of posts. In SQL, whatever page asks: the ORM has no words for what is inside a tsvector.
"""

# ruff: noqa: S608 - made of constants; every value is a parameter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.discussions.boards.models import BOARD_READABLE, Access
from forums.discussions.topics.models import TOPIC_FOR_LIST, TOPIC_LISTED, Topic, topic_url
from forums.search.index.models import HEADS_SQL
from forums.search.index.rarity import Rarity, rarity, score
from forums.text.noted import rests_on
from forums.text.render import filled, held_together, stand_ins
from forums.text.words import quoted, tsquery_all, tsquery_any, words, words_vector

MIN_LENGTH = 6  # characters, before a title says what it is about
MOST_WORDS = 24  # of a typed title
SHOWN = 5
STORED = 8  # under a topic: more than are shown, for some may go
NEAR = 0.2  # how near at least: the share of what a title of just the typed words would score
AKIN = 0.16  # the same under a topic: the share of what its own title and tags score

_BEGINNING = 150  # words of a topic that are looked at, its title and tags first
_TOLD = 6  # of those that stand in its text only, the rarest so many
_FEW = 1000  # posts the rarest words may be in, in all: some fifty topics have them in their heads
_MANY = 200_000  # posts of one word: in so many heads that most would be found to be left unranked
_LOOKED_AT = 500  # topics that are ranked at most, should every word be common


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A topic near a title that is being typed."""

    title: str
    url: str
    board: str


def similar_topics(title: str, *, member: Any, limit: int = SHOWN) -> list[SimilarRow]:
    """Up to five topics `member` may read whose titles come near `title`."""
    asked = words(title)[:MOST_WORDS]
    if len(title.strip()) < MIN_LENGTH or not asked:
        return []
    rare = rarity(asked)
    values = reader(member) | {
        "query": _rare_enough(asked, rare, few=_FEW),
        "own": words_vector([("A", asked)]),
        "share": NEAR,
        "limit": limit,
    }
    found = _nearest(
        asked,
        rare,
        values,
        heads="ts_filter(e.words, '{a}')",
        own="%(own)s::tsvector",
        who=BOARD_READABLE.sql,
    )
    return [
        SimilarRow(title=title, url=topic_url(pk, slug), board=board)
        for pk, title, slug, board in found
    ]


_WORDS = f"""
    SELECT u.lexeme, u.weights && '{{A,B}}' FROM forums_searchentry e
        JOIN forums_post p ON p.id = e.post_id, unnest(e.words) u
    WHERE p.topic_id = %(topic)s AND p.number = 0 AND p.reply_number = 0
        AND u.positions[1] <= {_BEGINNING} AND u.weights <> '{{D}}'
"""
_OWN = f"""(SELECT {HEADS_SQL} FROM forums_searchentry e JOIN forums_post p ON p.id = e.post_id
    WHERE p.topic_id = %(topic)s AND p.number = 0 AND p.reply_number = 0)"""
# Whoever reads a topic may read all that is stored under it: what everyone may read, and its own board's.
_BESIDE = """t.id <> %(topic)s AND (b.read_level = %(everyone)s
    OR b.id = (SELECT board_id FROM forums_topic WHERE id = %(topic)s))"""


def related_to(topic_id: int) -> list[int]:
    """The topics nearest to one, by the entry of its text: what `Topic.related` keeps.

    Its title, its tags and the rarest words of its text are looked for in the titles and tags of the
    others; not in their texts, or the longest would be near to everything. Words that stand nowhere
    else are left out: one misspelled would outweigh the rest.
    """
    heads: list[str] = []
    told: list[str] = []
    for word, in_head in select(_WORDS, topic=topic_id):
        (heads if in_head else told).append(word)
    rare = rarity([*heads, *told])
    posts = rare.documents
    heads = [word for word in heads if posts.get(word, 0) > 1] or heads
    told = [word for word in told if 1 < posts.get(word, 0) <= _MANY]
    told = rare.rarest(told, few=_FEW // 2, most=_TOLD)
    if not heads:
        return []
    asked = [*heads, *told]
    values = {
        "query": " | ".join([_rare_enough(heads, rare, few=_FEW // 2), *map(quoted, told)]),
        "topic": topic_id,
        "everyone": Access.EVERYONE,
        "share": AKIN,
        "limit": STORED,
    }
    found = _nearest(asked, rare, values, heads=HEADS_SQL, own=_OWN, who=_BESIDE)
    return [pk for pk, *_ in found]


def _rare_enough(found: Sequence[str], rare: Rarity, *, few: int) -> str:
    """Text for `%s::tsquery`: any of the rarest words; where each is in a great many posts, several together."""
    rarest = rare.rarest(found, few=few)
    if rare.of_all(rarest[:1]) <= _MANY:
        return tsquery_any(rarest)
    common = rare.rarest(found, few=rare.posts * len(found))
    enough = next((n for n in range(1, len(common)) if rare.of_all(common[:n]) <= _MANY), None)
    return tsquery_all(common[:enough])


def _nearest(
    asked: Sequence[str], rare: Rarity, values: dict[str, Any], *, heads: str, own: str, who: str
) -> list[tuple[int, str, str, str]]:
    """The topics whose heads answer the query, those first whose `heads` answer `asked` best.

    The query names no part of a head: the index does not know them, so that each that it finds would be read to be thrown away.
    What is near is measured by what `own` scores: the heads of the very thing they are to be near.
    Returns id, title, slug and the name of the board.
    """
    of_each, weights = score("m.words", asked, rare)
    of_itself, _ = score("w.words", asked, rare)
    statement = f"""
        WITH m AS MATERIALIZED (
            SELECT e.post_id, {heads} AS words FROM forums_searchentry e
            WHERE {HEADS_SQL} @@ %(query)s::tsquery LIMIT {_LOOKED_AT}),
        r AS MATERIALIZED (SELECT m.post_id, {of_each} AS score FROM m),
        o AS MATERIALIZED (SELECT {of_itself} AS score FROM (SELECT {own} AS words OFFSET 0) w)
        SELECT t.id, t.title, t.slug, b.name
        FROM o JOIN r ON r.score >= %(share)s * o.score
            JOIN forums_post p ON p.id = r.post_id AND p.number = 0 AND p.reply_number = 0
            JOIN forums_topic t ON t.id = p.topic_id JOIN forums_board b ON b.id = t.board_id
        WHERE {TOPIC_LISTED.sql} AND {who}
        ORDER BY r.score DESC, t.id DESC LIMIT %(limit)s
    """
    return select(statement, **values, **weights)


_SHOWN = f"""
    SELECT t.title, t.id, t.slug, t.reply_count, b.name, b.colour, b.emblem
    FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS r(id, place)
        JOIN forums_topic t ON t.id = r.id JOIN forums_board b ON b.id = t.board_id
    WHERE {TOPIC_FOR_LIST.sql}
    ORDER BY r.place LIMIT {SHOWN}
"""


@dataclass(slots=True)
class RelatedRow:
    """A topic near another, as it stands under that."""

    title: str
    url: str
    replies: str  # how many, or ''
    board: str
    colour: str
    emblem: str

    @property
    def printed(self) -> SafeString:
        """By shape, as posts are (decision 010)."""
        shape = _shape(get_language() or "", answered=self.replies != "")
        values = {name: getattr(self, name) for name in _PRINTED}
        return filled(shape, values | {"title": held_together(self.title)})


_PRINTED = ("url", "replies", "board", "colour", "emblem")


@lru_cache(maxsize=8)
def _shape(_language: str, *, answered: bool) -> str:
    row = stand_ins("title", *_PRINTED) | ({} if answered else {"replies": ""})
    return render_to_string("topics/_related_row.html", {"t": row})


def shown_under(topic: Topic, member: Any) -> list[RelatedRow]:
    """Of the topics stored under `topic`, the nearest five that `member` may read now: one query, if any are."""
    if not topic.related:
        return []
    rests_on(topic.related)
    return [
        RelatedRow(
            title=title,
            url=topic_url(pk, slug),
            replies=str(replies or ""),
            board=board,
            colour=colour,
            emblem=emblem,
        )
        for title, pk, slug, replies, board, colour, emblem in select(
            _SHOWN, ids=topic.related, **reader(member)
        )
    ]
