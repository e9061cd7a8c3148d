"""The parts of `growth`, each of one size, in the database of the settings: figures that can be written down."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from statistics import median
from typing import Any
from urllib.parse import urlencode

import psycopg
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import Member
from forums.activities.attendance.actions import answer
from forums.activities.models import Activity, Answer
from forums.discussions.boards.models import Board
from forums.discussions.openings.actions import start_topic
from forums.discussions.posts.actions import edit_post, react, reply
from forums.discussions.posts.models import Post, ReactionKind
from forums.discussions.topics.models import Topic, TopicKind
from forums.groups.memberships.actions import join
from forums.groups.networks.models import Joining, Network
from forums.imports.load.actions import taken_indexes
from forums.search.index.models import SearchWord
from forums.search.upkeep.actions import count_words
from tests.benchmarks import database
from tests.benchmarks.cases import Bench, Case
from tests.benchmarks.meter import backend_pid, database_cpu
from tests.benchmarks.plans import queries_of, work_of

type Figures = dict[str, Any]

_BODY = "บ้านเราจัดเวรกันทุกสัปดาห์ ใครว่างก็มาช่วย " * 6


# -- the database -----------------------------------------------------------------------------------


def make(posts: int) -> Figures:
    """A tenth as many members, a network for 250 posts, one topic with a twenty-fifth of all; what is there stays."""
    began = time.monotonic()
    database.make(fresh=False)
    there = Post.objects.count()
    if there < posts or taken_indexes():
        networks = max(40, posts // 250)
        call_command(
            "seed_load", posts=posts, members=max(1000, posts // 10), long_topic=max(100, posts // 25),
            networks=networks, memberships=25 * networks, bulk=True,
        )  # fmt: skip
        database.vacuum()
    if not SearchWord.objects.exists():
        count_words()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    rate = (posts - there) / (time.monotonic() - began)
    return {
        "posts made, and how many a second with indexes and counts": f"{posts - there:,}, {rate:,.0f}",
        "GB for a million posts": round(size / posts / 1000, 2),
    }


# -- pages and writes -------------------------------------------------------------------------------


def pages(only: str, rounds: int, requests: int) -> Figures:
    """What the benchmark of pages measures, and the pages that once grew."""
    database.collect_static()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_reset()")  # so `sizes` says which index no page looks into
    bench = Bench(only=only, replies=2 * (rounds + 2) * requests)
    try:
        visitor, member = bench._browser(None), bench._browser(bench.reader)
        for name, address in _others(bench).items():
            who, browser = ("member", member) if name in _MEMBERS_ONLY else ("visitor", visitor)
            if only in name:
                bench.cases.append(Case(f"{name} · {who}", partial(browser.get, address)))
        figures = bench.run(rounds=rounds, requests=requests)
    finally:
        bench.tidy()
    return {
        "costs": {
            page["name"]: {
                "web_ms": round(page["web_ms"], 2),
                "database_ms": round(page["database_ms"], 2),
                "bare": round(page["times_bare"], 3),
                "queries": page["queries"],
                "rows": page["rows_read"],
                "pages": page["pages_read"],
            }
            for page in figures["pages"]
        }
    }


_MEMBERS_ONLY = {"similar while a title is typed"}


def _others(bench: Bench) -> dict[str, str]:
    large = bench.shared.large
    return {
        "a tag": "/tags/ชุมชน/",
        "activities": "/activities/",
        "networks, three words": f"/networks/?{urlencode({'q': 'เครือข่าย ป่า ชุมชน'})}",
        "network, its timeline": f"{large.get_absolute_url()}timeline/",
        "similar while a title is typed": f"/similar/?{urlencode({'title': 'ป่าชุมชนที่บ้านเรา'})}",
        "sitemap of topics": "/sitemap-topics-1.xml",
        "a member": Member.objects.get(handle="load00001").get_absolute_url(),
    }


def writes(times: int) -> Figures:
    """Each action, begun and undone `times` times: the cost of all but the commit, and what it writes into the log."""
    with override_settings(FORUMS_PACE={}), connection.cursor() as cursor:
        return {"costs": {name: _cost(cursor, do, times) for name, do in _writes().items()}}


def _writes() -> dict[str, Callable[[], object]]:
    members = cycle(Member.objects.filter(handle__startswith="load").order_by("-pk")[:200])
    house = Topic.objects.for_list(None).filter(board__network=None, locked_at=None)
    long, topic = house.select_related("board").order_by("-reply_count", "pk")[:2]
    posts = cycle(topic.posts.filter(number__gt=0).select_related("author", "topic__board")[:20])
    board = Board.objects.get(slug="load-health")
    network = Network.objects.listed().filter(joining=Joining.OPEN).order_by("-member_count")[0]
    found: dict[str, Callable[[], object]] = {
        "reply": lambda: reply(author=next(members), topic=topic, body=_BODY),
        "reply in the longest topic": lambda: reply(author=next(members), topic=long, body=_BODY),
        "new topic": lambda: start_topic(
            author=next(members), board=board, kind=TopicKind.QUESTION, title="ถามเรื่องน้ำ",
            body=_BODY, tags=("น้ำ", "ป่า"),
        ),
        "mark": lambda: react(
            member=next(members), post=next(posts), kind=ReactionKind.USEFUL, on=True
        ),
        "edit, of a text of just now": lambda: _edit(next(posts)),
        "join a network": lambda: join(member=next(members), network=network),
    }  # fmt: skip
    coming = Activity.objects.filter(open_to="everyone", cancelled_at=None).order_by("-starts_at")
    if activity := coming.first():
        found["answer to an activity"] = lambda: answer(
            member=next(members), activity=activity, answer=Answer.GOING
        )
    return found


def _edit(post: Post) -> None:
    """Of a text of just now: an older one is not to be changed."""
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now())
    post.created_at = timezone.now()
    edit_post(editor=post.author, post=post, body=f"{_BODY} แก้แล้ว")


def _cost(cursor: Any, do: Callable[[], object], times: int) -> Figures:
    pid = backend_pid()
    web, spent, log = [], [], []
    with _undone(), queries_of() as asked:
        do()
    with _undone():
        work = work_of(asked)
    for _ in range(times):
        with _undone():
            cursor.execute("SELECT pg_current_wal_insert_lsn()")
            lsn = cursor.fetchone()[0]
            before, began = database_cpu(pid), time.thread_time()
            do()
            web.append((time.thread_time() - began) * 1000)
            spent.append((database_cpu(pid) - before) * 1000)
            cursor.execute("SELECT pg_current_wal_insert_lsn() - %s::pg_lsn", [lsn])
            log.append(int(cursor.fetchone()[0]))
    return {
        "web_ms": round(median(web), 2),
        "database_ms": round(median(spent), 2),
        "queries": len(asked),
        "rows": work.rows,  # of what it reads
        "pages": work.pages,
        "wal_bytes": round(median(log)),
    }


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# -- sizes and churn --------------------------------------------------------------------------------

_SIZES = """
    SELECT i.relname, i.indexrelname, pg_relation_size(i.indexrelid), i.idx_scan
    FROM pg_stat_user_indexes i JOIN pg_class c ON c.oid = i.relid
    WHERE c.reltuples > 1000 AND pg_relation_size(i.indexrelid) > 100000
    ORDER BY 3 DESC
"""
_TABLES = """
    SELECT relname, pg_relation_size(relid), pg_indexes_size(relid), pg_total_relation_size(relid)
    FROM pg_stat_user_tables ORDER BY 4 DESC LIMIT 12
"""


def sizes() -> Figures:
    """The largest tables, and each index with how often it was looked into since the pages were begun to be measured."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [
            f"{name}: {_mb(heap)}, indexes {_mb(indexes)}, in all {_mb(whole)}"
            for name, heap, indexes, whole in cursor.fetchall()
        ]
        cursor.execute(_SIZES)
        found = cursor.fetchall()
    indexes = [
        f"{table}.{name}: {_mb(size)}, {scans:,} looks" for table, name, size, scans in found
    ]
    return {"tables": tables, "indexes": indexes}


# Each a transaction of its own, as the site's are: only so a page can be cleared of what nobody sees any more.
_CHURN = """
    DO $$
    DECLARE lowest bigint; highest bigint; picked bigint; BEGIN
        SELECT min(id), max(id) INTO lowest, highest FROM {table};
        FOR n IN 1..{times} LOOP
            picked := highest - floor((highest - lowest) * power(random(), {skew}));  -- first, or no index could find it
            UPDATE {table} SET {change} WHERE id = picked;
            COMMIT;
        END LOOP;
    END $$
"""
_REPLY = "last_post_at = clock_timestamp(), reply_count = reply_count + 1, hot = hot + 0.0001"
_CHANGES = {  # of ten updates so many, how, and how much oftener the new than the old
    "forums_topic": (5, _REPLY, 3),
    "forums_post": (4, "useful_count = useful_count + 1", 3),
    "forums_network": (1, "member_count = member_count + 1, last_active_at = clock_timestamp()", 1),
}
_UPDATED = "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = %s"


def churn(updates: int, rooms: tuple[int, ...] = (100, 90, 85, 80)) -> Figures:
    """Copies of the tables that are written most, with more and less room in their pages, after so many updates.

    Of a copy, so that the other parts find the database as it was made, and each room the same rows.
    """
    return {
        f"{table.removeprefix('forums_')}, {room} % full": _churned(table, updates * tenths // 10, change, skew, room)
        for table, (tenths, change, skew) in _CHANGES.items()
        for room in rooms
    }  # fmt: skip


def _churned(table: str, times: int, change: str, skew: int, room: int) -> str:
    copy = f"churned_{table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {copy}")
        cursor.execute(
            f"CREATE TABLE {copy} (LIKE {table} INCLUDING ALL) WITH (fillfactor = {room})"
        )
        cursor.execute(
            f"INSERT INTO {copy} OVERRIDING SYSTEM VALUE SELECT * FROM {table} ORDER BY id DESC LIMIT 300000"
        )
        cursor.execute(f"VACUUM (ANALYZE) {copy}")
        before = _bytes(cursor, copy)
        began = time.monotonic()
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(_CHURN.format(table=copy, times=times, change=change, skew=skew))
        cursor.execute("SET synchronous_commit = DEFAULT")
        took = time.monotonic() - began
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(_UPDATED, [copy])
        updated, hot = cursor.fetchone()
        after = _bytes(cursor, copy)
        cursor.execute(f"DROP TABLE {copy}")
    heap, indexes = (now / was for was, now in zip(before, after, strict=True))
    return (
        f"{times:,} updates in {took:.0f} s, {hot / max(1, updated):.0%} HOT; heap {_mb(before[0])} × {heap:.2f},"
        f" indexes {_mb(before[1])} × {indexes:.2f}"
    )


def _bytes(cursor: Any, table: str) -> tuple[int, int]:
    cursor.execute(
        "SELECT pg_relation_size(%s::regclass), pg_indexes_size(%s::regclass)", [table, table]
    )
    found: tuple[int, int] = cursor.fetchone()
    return found


def _mb(size: float) -> str:
    return f"{size / 1e6:,.1f} MB"


# -- migrations -------------------------------------------------------------------------------------

_STEPS = {
    "add a column": "ALTER TABLE forums_post ADD COLUMN rehearsed integer",
    "add a column with a default": "ALTER TABLE forums_post ADD COLUMN rehearsed_too integer NOT NULL DEFAULT 0",
    "an index, concurrently": "CREATE INDEX CONCURRENTLY rehearsed ON forums_post (author_id, created_at, id)",
    "a check, not valid": "ALTER TABLE forums_post ADD CONSTRAINT rehearsed CHECK (number >= 0) NOT VALID",
    "… validated": "ALTER TABLE forums_post VALIDATE CONSTRAINT rehearsed",
    "a reference, not valid": "ALTER TABLE forums_post ADD CONSTRAINT rehearsed_to FOREIGN KEY (rehearsed)"
    " REFERENCES accounts_member (id) NOT VALID",
    "… validated, too": "ALTER TABLE forums_post VALIDATE CONSTRAINT rehearsed_to",
    "the index dropped, concurrently": "DROP INDEX CONCURRENTLY rehearsed",
}
_UNDO = """
    ALTER TABLE forums_post DROP CONSTRAINT IF EXISTS rehearsed, DROP CONSTRAINT IF EXISTS rehearsed_to,
        DROP COLUMN IF EXISTS rehearsed, DROP COLUMN IF EXISTS rehearsed_too
"""


def migrations() -> Figures:
    """How long each step takes on the largest table, and the longest anybody waited meanwhile who reads a post or marks it."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX CONCURRENTLY IF EXISTS rehearsed")
        cursor.execute(_UNDO)
        for name, step in _STEPS.items():
            with _traffic() as waits:
                began = time.monotonic()
                cursor.execute(step)
                took = time.monotonic() - began
            found[name] = (
                f"{took:.2f} s; a reader waited {waits[0]:.2f} s, a writer {waits[1]:.2f} s at most"
            )
        cursor.execute(_UNDO)
    return found


@contextmanager
def _traffic() -> Iterator[list[float]]:
    """One who reads and one who writes all the while; the longest that each of them waited."""
    asks = (
        "SELECT useful_count FROM forums_post WHERE id = %s",
        "UPDATE forums_post SET useful_count = useful_count WHERE id = %s",
    )
    ids = list(Post.objects.order_by("pk").values_list("pk", flat=True)[:1000])
    waits, over = [0.0, 0.0], threading.Event()

    def ask(place: int) -> None:
        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}, autocommit=True) as other:  # fmt: skip
            for pk in cycle(ids):
                began = time.monotonic()
                other.execute(asks[place], [pk])
                waits[place] = max(waits[place], time.monotonic() - began)
                if over.wait(0.002):
                    return

    threads = [threading.Thread(target=ask, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    try:
        yield waits
    finally:
        over.set()
        for thread in threads:
            thread.join()
