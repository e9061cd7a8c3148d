"""Bringing entries of the index up to date: `manage.py reindex`, and `deliver --forever` by itself.

Actions keep the entry of what they write. What is left for here: posts from before there was an
index, entries of an older form, and names. A member's or a network's name stands in the entry of
everything said under it, more than one request could write: so a new one (or, where networks are
merged, another's) marks nothing, and is found by comparing. Title and tags need no look: only
`edit_topic` changes them, and writes the entry.
"""

import logging
from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.indexes import GinIndex
from django.db import DataError, ProgrammingError, connection, transaction
from django.utils import timezone

from forums.discussions.posts.models import POST_FOR_LIST, Post
from forums.pictures.bodies import rendered, writer_of
from forums.search.index.entries import entry_of, write
from forums.search.index.models import SearchEntry, SearchWord
from forums.search.related.storing import relate_oldest
from forums.text.spelling import skeleton
from forums.text.words import INDEX_VERSION

logger = logging.getLogger(__name__)

SOME = 100  # posts `tidy` does at once: a second at most, for emails wait behind it
COUNTED_FOR = timedelta(days=1)
GROWN = 1.1  # times as many posts as were counted
# New entries that are sorted in together. Each lot writes the same pages of the indexes anew, so the write-ahead log of a
# post falls with it (docs/operations.md has figures); every search reads what waits, 2 ms of 1,500.
LOT = 1_500
LONGEST = 6 * 60 * 60  # seconds a smaller lot waits
BIG = 20_000  # posts; a word that stands once on a site so big is a slip more often than a word

# In SQL, as it compares what is kept with what would be made now, column by column.
# `entries.names_of`: concat takes NULL as ''.
_NAMES = "concat(author.display_name, ' @', author.handle, ' ', network.name)"
_POSTS = """
    FROM forums_post post
    JOIN accounts_member author ON author.id = post.author_id
    LEFT JOIN forums_network network ON network.id = post.network_id
    LEFT JOIN forums_searchentry entry ON entry.post_id = post.id
"""
_LACKING = f"(entry.post_id IS NULL OR entry.version < %(version)s OR entry.names <> {_NAMES})"
_FIND = (
    f"SELECT post.id {_POSTS} WHERE post.id > %(after)s AND (%(everything)s OR {_LACKING})"
    " ORDER BY post.id LIMIT %(size)s"
)
_READ = f"""
    SELECT post.id, {_LACKING}, post.body, post.author_id, {_NAMES},
        (SELECT title FROM forums_topic WHERE id = post.topic_id AND post.number = 0),
        ARRAY(
            SELECT tag.name FROM forums_tag tag JOIN forums_taggedtopic tagged ON tag.id = tagged.tag_id
            WHERE tagged.content_object_id = post.topic_id AND post.number = 0
        )
    {_POSTS} WHERE post.id = ANY(%(ids)s)
"""  # noqa: S608 - made of constants


class Reindexed(NamedTuple):
    """One batch: the id to go on after (None: no more), how many were written, and what failed."""

    last: int | None
    done: int
    failed: list[tuple[int, str]]


class _Source(NamedTuple):
    """What the entry of a post is made of, and whether the one it has is out of date."""

    lacking: bool
    body: str
    author: int
    names: str
    title: str | None
    tags: list[str]

    def entry(self, pk: int) -> SearchEntry:
        html = rendered(self.body, reader=writer_of(self.author))
        return entry_of(pk, html, names=self.names, title=self.title or "", tags=self.tags)


def reindex_posts(*, after: int, size: int, everything: bool = False) -> Reindexed:
    """Write the entries of the next `size` posts that have none, or one out of date (or of all).

    Segmenting takes long, so it is done before the posts are locked; what was changed meanwhile is
    done again. Whoever edits waits for the lock, or has gone before: the last text wins.
    """
    asked = {"after": after, "everything": everything, "version": INDEX_VERSION, "size": size}
    ids = [pk for (pk,) in _answer(_FIND, asked)]
    if not ids:
        return Reindexed(None, 0, [])
    failed: dict[int, str] = {}
    before = _read(ids)
    ready = _entries(before, failed)
    with transaction.atomic():
        _lock(ids)
        now = _read(ids)
        # Another reindex may have been here.
        wanted = {pk: source for pk, source in now.items() if everything or source.lacking}
        changed = {pk: source for pk, source in wanted.items() if source != before.get(pk)}
        for pk in changed:
            failed.pop(pk, None)
        ready |= _entries(changed, failed)
        done = _write([ready[pk] for pk in wanted if pk not in failed], failed)
    return Reindexed(ids[-1], done, sorted(failed.items()))


def tidy(*, after: int) -> int | None:
    """Do a little of what `reindex` does: returns the id to go on after. Its failure is logged, never thrown.

    None says that all was looked at. Then words are counted, where that is due, and some topics look
    anew for those that are near them.
    """
    try:
        batch = reindex_posts(after=after, size=SOME)
        for pk, problem in batch.failed:
            logger.warning("Post %s cannot be indexed: %s", pk, problem)
        if batch.last is None:
            if counting_is_due():
                count_words()
            relate_oldest(size=SOME)
    except Exception:
        logger.exception("The search index was not brought up to date")
        return None
    return batch.last


def sort_in() -> None:
    """Sort new entries into the indexes, so that nobody who writes has to. Its failure is logged, never thrown.

    Large lots cost least a post. Only the owner of the tables may.
    """
    try:
        for index in SearchEntry._meta.indexes:
            if isinstance(index, GinIndex):
                _answer("SELECT gin_clean_pending_list(%(name)s::regclass)", {"name": index.name})
    except Exception:
        logger.exception("New entries were not sorted into the search index")


class SortedIn(NamedTuple):
    """When new entries were last sorted in, by the clock that is asked, and how many had been written by then."""

    when: float
    written: int


def sort_in_if_due(last: SortedIn | None, *, now: float) -> SortedIn:
    """Sort new entries in when a lot of them waits, or some have waited for long; returns when that was last done."""
    written = _written()
    if last is not None:
        waiting = abs(written - last.written)  # statistics begin anew after a crash
        if waiting < LOT and not (waiting and now - last.when >= LONGEST):
            return last
    sort_in()
    return SortedIn(now, written)


def _written() -> int:
    """How many entries were written, as the server counts them (a second late)."""
    table = SearchEntry._meta.db_table
    rows = _answer(
        "SELECT n_tup_ins + n_tup_upd FROM pg_stat_all_tables WHERE relid = %(table)s::regclass",
        {"table": table},
    )
    return int(rows[0][0])


def counting_is_due() -> bool:
    """Have words not been counted for a day, or have posts grown by a tenth since?"""
    counted = SearchWord.objects.filter(word="").first()
    if counted is None or counted.counted_at < timezone.now() - COUNTED_FOR:
        return True
    return Post.objects.for_list(None).count() > counted.documents * GROWN


def _answer(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _read(ids: list[int]) -> dict[int, _Source]:
    rows = _answer(_READ, {"version": INDEX_VERSION, "ids": ids})
    return {pk: _Source(*columns) for pk, *columns in sorted(rows)}


def _lock(ids: list[int]) -> None:
    """Hold back who would edit; what only refers to a post need not wait, its key stays."""
    posts = Post.objects.select_for_update(no_key=True).filter(pk__in=ids)
    list(posts.order_by("pk").values_list("pk", flat=True))


def _entries(sources: dict[int, _Source], failed: dict[int, str]) -> dict[int, SearchEntry]:
    """The entries; one text that fails must not keep the others waiting."""
    entries = {}
    for pk, source in sources.items():
        try:
            entries[pk] = source.entry(pk)
        except Exception as error:
            failed[pk] = f"{type(error).__name__}: {error}"
    return entries


def _write(entries: list[SearchEntry], failed: dict[int, str]) -> int:
    """Store them, and say how many; where the database refuses one, one by one."""
    try:
        with transaction.atomic():
            write(entries)
        return len(entries)
    except (DataError, ProgrammingError) as error:
        if len(entries) == 1:
            failed[entries[0].pk] = f"{type(error).__name__}: {error}"
            return 0
    return sum(_write([entry], failed) for entry in entries)


# Who speaks stands in an entry as well (weight D): those words rank, but a search does not find
# posts by them, and a network whose name it is may be hidden. So they are counted, never offered.
_COUNT = """SELECT word, a.ndoc, coalesce(text.ndoc, 0)
    FROM ts_stat(%(public)s) a LEFT JOIN ts_stat(%(public)s, 'abc') text USING (word) ORDER BY word"""


_STORE = """INSERT INTO forums_searchword (word, documents, skeleton, counted_at)
    SELECT *, %s FROM unnest(%s::text[], %s::integer[], %s::text[])
    ON CONFLICT (word) DO UPDATE SET documents = EXCLUDED.documents, skeleton = EXCLUDED.skeleton,
        counted_at = EXCLUDED.counted_at
    WHERE (forums_searchword.documents, forums_searchword.skeleton)
        IS DISTINCT FROM (EXCLUDED.documents, EXCLUDED.skeleton) OR EXCLUDED.word = ''"""


_FORGET = "DELETE FROM forums_searchword WHERE NOT word = ANY(%s)"


@transaction.atomic
def count_words() -> int:
    """Bring `SearchWord` up to date; returns how many words there are.

    Searches go on meanwhile, on the old counts; a second count waits for the first. Rows that are
    right stay untouched, so that `counted_at` is when a word's count last changed, and for the word
    '' when everything was last counted.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE forums_searchword IN SHARE ROW EXCLUSIVE MODE")
    public = SearchEntry.objects.filter(POST_FOR_LIST.q(None, "post__"))
    # ts_stat takes the text of a statement.
    text = connection.ops.compose_sql(*public.values("words").query.sql_with_params())  # type: ignore[attr-defined]
    posts = public.count()
    enough = 1 if posts < BIG else 2
    words, documents, skeletons = [""], [posts], [""]
    for word, found, written in _answer(_COUNT, {"public": text}):
        words.append(word)
        documents.append(found)
        skeletons.append(skeleton(word) if written >= enough else "")
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [timezone.now(), words, documents, skeletons])
        cursor.execute(_FORGET, [words])
    return len(words) - 1
