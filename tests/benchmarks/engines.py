"""What is compared: the site's search over real posts, and two yardsticks over the same documents."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import batched
from typing import NamedTuple

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import TITLE_LENGTH
from forums.imports.actions import Result, bring_in
from forums.imports.models import Imported, ImportedType
from forums.imports.records import BoardRecord, MemberRecord, PostRecord, Record, TopicRecord
from forums.search.query.asking import ask
from forums.search.query.language import read
from forums.search.results.find import Found, find
from forums.search.upkeep.actions import count_words
from tests.benchmarks.judged import Document

# Names a topic and a member must have; no query holds them, and they stand in no document.
NOBODY = "zxqvzxqv"
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)  # of every post: none is newer than another
_BATCH = 500
_PART = 12_000  # characters of one post; escaped, they are under what a post may have
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_VISITOR = AnonymousUser()
_AGAIN = 3  # a search is tried that the limit of time ended, as somebody would who wants to know


class Answer(NamedTuple):
    """Documents' ids. `shown` as matches, in any order; `ranked`, the page from top to bottom.

    `too_slow`: the site's own limit of time ended the search, each time it was tried.
    """

    shown: Sequence[str]
    ranked: Sequence[str]
    spellings: Sequence[str] = ()
    too_slow: bool = False


type Engine = Callable[[str], Answer]


def look(query: str) -> Found:
    """What the site finds for a visitor who types this line."""
    return find(ask(read(query), member=_VISITOR), member=_VISITOR)


def the_site(documents: Iterable[Document]) -> Engine:
    """The site's own search: documents become posts through the import, and words are counted."""
    names = _bring_in(documents)
    count_words()

    def answer(query: str) -> Answer:
        found = look(query)
        for _ in range(_AGAIN):
            if found.too_slow:
                found = look(query)
        matches = [names[hit.post_id] for hit in found.matches if hit.post_id in names]
        partial = [names[hit.post_id] for hit in found.partial if hit.post_id in names]
        return Answer(matches, matches + partial, found.spellings, found.too_slow)

    return answer


def simple(documents: Iterable[Document]) -> Engine:
    """PostgreSQL's text search as it comes, for languages it does not know."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS plain_documents")
        cursor.execute("CREATE TEMP TABLE plain_documents (id text, words tsvector)")
        cursor.executemany(
            "INSERT INTO plain_documents VALUES (%s, to_tsvector('simple', %s))",
            [(document.id, _whole(document)) for document in documents],
        )
        cursor.execute("CREATE INDEX ON plain_documents USING gin (words)")
        cursor.execute("ANALYZE plain_documents")

    def answer(query: str) -> Answer:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM plain_documents, plainto_tsquery('simple', %s) asked"
                " WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC, id",
                [query.replace("\0", " ")],
            )
            found = [key for (key,) in cursor.fetchall()]
        return Answer(found, found)

    return answer


def like(documents: Iterable[Document]) -> Engine:
    """What ILIKE '%query%' finds, in the documents' order: it knows no better one.

    The same letters wherever they stand is what `in` says of two texts in small letters, and says in a
    tenth of the time; a test holds it against PostgreSQL.
    """
    texts = [(document.id, _whole(document).lower()) for document in documents]

    def answer(query: str) -> Answer:
        letters = query.lower()
        found = [key for key, text in texts if letters in text]
        return Answer(found, found)

    return answer


ENGINES: dict[str, Callable[[Iterable[Document]], Engine]] = {
    "ours": the_site,
    "simple": simple,
    "like": like,
}


# -- documents as posts -------------------------------------------------------------------------


def _bring_in(documents: Iterable[Document]) -> dict[int, str]:
    """Empty the site, write the documents as posts, and return which document each post holds."""
    _empty()
    written: dict[str, str] = {}
    for batch in batched(_records(documents, written), _BATCH, strict=False):
        for record, outcome in zip(batch, bring_in(batch), strict=True):
            assert outcome.result is Result.CREATED, (record.key, outcome.reason)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    posts = dict(
        Post.objects.filter(number=0).values_list("topic", "pk")  # a topic's own text
    )
    return {
        posts[pk] if type_ == ImportedType.TOPIC else pk: written[key]
        for type_, key, pk in Imported.objects.values_list("type", "external_id", "object_id")
        if key in written
    }


def _records(documents: Iterable[Document], written: dict[str, str]) -> Iterable[Record]:
    """A topic for each document that has a title; the others are comments on one, which has a name only.

    So no document gets a word it has not. `written` notes which record holds which document.
    """
    yield BoardRecord(key=NOBODY, name=NOBODY)
    yield MemberRecord(key=NOBODY, handle=NOBODY, name=NOBODY)
    yield _topic(NOBODY, NOBODY, NOBODY)
    for number, document in enumerate(documents):
        topic, text = NOBODY, document.text
        if document.title:
            topic = f"{number}"
            title, left = document.title[:TITLE_LENGTH], document.title[TITLE_LENGTH:]
            text = left + text
            written[topic] = document.id
            yield _topic(topic, title, text[:_PART])
            text = text[_PART:]
        for start in range(0, len(text), _PART):
            key = f"{number}.{start}"
            written[key] = document.id
            yield PostRecord(
                key=key,
                topic=topic,
                parent=None,
                author=NOBODY,
                body=_as_typed(text[start : start + _PART]),
                created_at=_MOMENT,
            )


def _topic(key: str, title: str, text: str) -> TopicRecord:
    return TopicRecord(
        key=key,
        board=NOBODY,
        author=NOBODY,
        kind="conversation",
        title=title.replace("\0", " "),
        body=_as_typed(text),
        created_at=_MOMENT,
    )


def _as_typed(text: str) -> str:
    """Markdown that shows this very text: no mark means anything, no line is code, none a list."""
    lines = text.replace("\0", " ").splitlines()
    return "\n\n".join(_MARKS.sub(r"\\\1", line.strip()) for line in lines)


def _whole(document: Document) -> str:
    return f"{document.title}\n{document.text}".replace("\0", " ")


def _empty() -> None:
    """No board, no member, and with them nothing that hangs on them."""
    names = ("forums.Board", "forums.Imported", "forums.SearchWord", "accounts.Member")
    tables = ", ".join(
        connection.ops.quote_name(apps.get_model(name)._meta.db_table) for name in names
    )
    with transaction.atomic(), connection.cursor() as cursor:
        # Inside a longer transaction, as tests are, keys still to be checked would be in the way.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
