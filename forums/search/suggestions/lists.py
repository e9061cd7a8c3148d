"""What somebody may be about to ask, while she is typing: titles and tags. Reads only.

Every keystroke of everybody comes here, so nothing looks further than it can afford: at the newest
topics by the letters of their titles; then, through the index, at older ones, where a word is rare.
The word under the cursor may be half a word, and ICU cuts half words anywhere (เพลี้ยกระโด): so the
last one, and the last two and three together, are completed from the words that were counted.
In SQL: LATERAL, LIKE ALL and the order of bytes (~>=~) the ORM cannot say, and keystrokes are many.
"""

from dataclasses import dataclass, field
from typing import Any

from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.discussions.topics.models import TOPIC_FOR_LIST, topic_url
from forums.search.query.language import read
from forums.search.results.boxes import LAST, begins_a_word, like
from forums.tags.references import TagRef
from forums.text.naming import tag_key
from forums.text.thai import norm, words
from forums.text.words import quoted

LEAST = 2  # characters before anything is suggested
TITLES = 5
TAGS = 3
NEWEST = 1000  # topics whose titles are looked through
FEW = 300  # posts a word may be in to be looked up in all of them
_TAILS = 3  # words at the end that may be one half-typed word
_COMPLETIONS = 20
_CANDIDATES = 30

_COLUMNS = "t.id, t.title, t.slug, b.name"

_NEWEST = f"""
    (SELECT 'title', {_COLUMNS}
     FROM (SELECT * FROM forums_topic ORDER BY id DESC LIMIT {NEWEST}) t
        JOIN forums_board b ON b.id = t.board_id
     WHERE lower(t.title) LIKE ALL(%(terms)s) AND {TOPIC_FOR_LIST.sql}
     ORDER BY t.id DESC LIMIT {_CANDIDATES})
    UNION ALL
    (SELECT 'tag', 0, t.name, t.slug, '' FROM forums_tag t
     WHERE t.topic_count > 0 AND t.key ~>=~ %(key)s AND t.key ~<~ %(after_key)s
     ORDER BY t.topic_count DESC, t.sort_key LIMIT {TAGS})
"""  # noqa: S608 - made of constants

# The words that were counted: those typed, and what the half-typed may become.
_WORDS = f"""
    (SELECT '', word, documents FROM forums_searchword WHERE word = ANY(%(words)s))
    UNION ALL
    (SELECT tail, w.word, w.documents FROM unnest(%(tails)s::text[]) tail,
        LATERAL (SELECT word, documents FROM forums_searchword
            WHERE word >= tail AND word < tail || chr(1114111)
            ORDER BY word LIMIT {_COMPLETIONS}) w)
"""  # noqa: S608 - made of constants

_OLDER = f"""
    SELECT {_COLUMNS}
    FROM forums_searchentry e JOIN forums_post p ON p.id = e.post_id AND p.number = 0
        JOIN forums_topic t ON t.id = p.topic_id JOIN forums_board b ON b.id = t.board_id
    WHERE e.words @@ %(query)s::tsquery AND {TOPIC_FOR_LIST.sql}
    ORDER BY t.id DESC LIMIT {_CANDIDATES}
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A topic by its title, and the name of its board."""

    title: str
    url: str
    board: str


@dataclass(slots=True)
class Suggestions:
    """At most `TITLES` and `TAGS`."""

    titles: list[TitleRow] = field(default_factory=list)
    tags: list[TagRef] = field(default_factory=list)


def suggestions(text: str, *, member: Any) -> Suggestions:
    """Titles and tags that `member` may see and that `text` may become."""
    letters = norm(_typed(text))
    found = Suggestions()
    if len(letters) < LEAST or not any(map(str.isalnum, letters)):
        return found
    key = tag_key(letters)
    asked = reader(member) | {
        "terms": [f"%{like(term)}%" for term in letters.split()[:12]],
        "key": key,
        "after_key": key + LAST if key else "",
    }
    titles: dict[int, TitleRow] = {}
    for kind, pk, name, address, board in select(_NEWEST, **asked):
        if kind == "tag":
            found.tags.append(TagRef.of(name, address))
        elif all(begins_a_word(term, name) for term in letters.split()):
            titles[pk] = TitleRow(name, topic_url(pk, address), board)
    if len(titles) < TITLES and (query := _rare(letters)):
        for pk, name, address, board in select(_OLDER, query=query, **reader(member)):
            titles.setdefault(pk, TitleRow(name, topic_url(pk, address), board))
    # Those that begin as typed first, then as they came: the newest.
    in_order = sorted(titles.values(), key=lambda row: not _begins(letters, row.title))
    found.titles = in_order[:TITLES]
    return found


def _typed(text: str) -> str:
    """What is being typed: words, or the tag behind a #. Filters and -words are none of it."""
    line = read(text)
    tags = [one.value for one in line.filters if one.name == "tag" and not one.excluded]
    return " ".join([line.words, *tags])


def _begins(letters: str, title: str) -> bool:
    return norm(title).startswith(letters)


def _rare(letters: str) -> str:
    """A tsquery for titles, of words that are in few posts; '' where no word is rare enough."""
    typed = words(letters)[:12]
    ends = range(1, min(_TAILS, len(typed)) + 1)
    tails = {"".join(typed[-length:]): typed[:-length] for length in ends}
    asked = {"words": typed, "tails": [tail for tail in tails if len(tail) >= LEAST]}
    documents: dict[str, int] = {}
    become: dict[str, list[str]] = {}
    for tail, word, count in select(_WORDS, **asked):
        documents[word] = count
        if tail:
            become.setdefault(tail, []).append(word)
    ways = []
    for tail, completions in become.items():
        before = tails[tail]
        rarest = min(
            [documents.get(word, 0) for word in before]
            + [sum(documents[word] for word in completions)]
        )
        if rarest <= FEW:
            ended = " | ".join(f"{quoted(word)}:A" for word in completions)
            ways.append(" & ".join([*(f"{quoted(word)}:A" for word in before), f"({ended})"]))
    return " | ".join(ways)
