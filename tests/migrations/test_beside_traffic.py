"""All newer migrations run while the version before writes and reads, by the columns it knows: no error, no wait."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from forums.discussions.boards.models import Access
from tests.migrated import before, python
from tests.served import database_url

LONGEST = 6  # seconds a statement may wait: a lock is waited for two, and this machine is busy
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site() -> Iterator[str]:
    """The name of a database of the version before, with some talk in it."""
    name = f"{connection.settings_dict['NAME']}_updated"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{before()}"')
        try:
            with psycopg.connect(database_url(name)) as talk:
                fill(talk)
            yield name
        finally:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def required(talk: psycopg.Connection, table: str, **given: object) -> dict:
    """A row: what is given, and something in every other column that asks for it."""
    something = {"boolean": False, "jsonb": "{}", "ARRAY": "{}", "timestamp with time zone": "now"}
    rows = talk.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
        [table],
    ).fetchall()
    numbers = ("integer", "smallint", "bigint", "double precision")
    return {name: something.get(kind, 0 if kind in numbers else "x") for name, kind in rows} | given


def insert(talk: psycopg.Connection, table: str, row: dict) -> int:
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f"%({name})s" for name in row)
    made = talk.execute(f'INSERT INTO "{table}" ({names}) VALUES ({values}) RETURNING id', row)
    return made.fetchone()[0]


def fill(talk: psycopg.Connection) -> None:
    row = required(
        talk, "accounts_member", handle="malee", handle_key="malee", email="m@example.org"
    )
    author = insert(talk, "accounts_member", row | {"is_active": True})
    levels = {"read_level": Access.EVERYONE, "write_level": Access.MEMBERS}
    row = required(talk, "forums_board", name="ห้อง", slug="room", open_to="", **levels)
    board = insert(talk, "forums_board", row)
    row = required(
        talk,
        "forums_topic",
        board_id=board,
        author_id=author,
        last_author_id=author,
        title="กระทู้",
        slug="t",
    )
    topic = insert(talk, "forums_topic", row)
    post = post_of(talk, topic, author, 0)
    for number in range(300):
        insert(talk, "forums_post", post | {"number": number})


def post_of(talk: psycopg.Connection, topic: int, author: int, number: int) -> dict:
    return required(
        talk, "forums_post", topic_id=topic, author_id=author, number=number, body="ข้อความ",
        body_html="<p>ข้อความ</p>", submission=None,
    )  # fmt: skip


class Traffic:
    """Two who write and one who reads, as the version before does: by the names it knew when it began."""

    def __init__(self, name: str) -> None:
        self.name, self.over = name, threading.Event()
        self.errors: list[str] = []
        self.acknowledged, self.read, self.longest = 0, 0, 0.0
        with psycopg.connect(database_url(name)) as talk:
            ((self.topic, self.author),) = talk.execute(
                "SELECT id, author_id FROM forums_topic"
            ).fetchall()
            self.post = post_of(talk, self.topic, self.author, 0)
            self.columns: dict[str, list[str]] = {}
            for table, column in talk.execute(
                "SELECT table_name, column_name FROM information_schema.columns"
                " WHERE table_schema = 'public' ORDER BY 1, 2"
            ):
                self.columns.setdefault(table, []).append(f'"{column}"')

    def write(self, first: int) -> None:
        number = first
        while not self.over.is_set():
            self._timed(self._write_one, number)
            number += 2

    def _write_one(self, talk: psycopg.Connection, number: int) -> None:
        with talk.transaction():
            talk.execute("SELECT id FROM forums_topic WHERE id = %s FOR UPDATE", [self.topic])
            insert(talk, "forums_post", self.post | {"number": number})
            talk.execute(
                "UPDATE forums_topic SET reply_count = reply_count + 1 WHERE id = %s", [self.topic]
            )
        self.acknowledged += 1

    def look(self) -> None:
        while not self.over.is_set():
            for table, columns in self.columns.items():
                self._timed(self._look_at, f'SELECT {", ".join(columns)} FROM "{table}" LIMIT 50')
            self.read += 1

    def _look_at(self, talk: psycopg.Connection, statement: str) -> None:
        talk.execute(statement).fetchall()

    def _timed(self, work, what: object) -> None:
        if not hasattr(self._own, "talk"):
            self._own.talk = psycopg.connect(
                database_url(self.name), autocommit=True, options="-c statement_timeout=20s"
            )
        began = time.monotonic()
        try:
            work(self._own.talk, what)
        except psycopg.Error as error:
            self.errors.append(f"{what}: {error}")
            self._own.talk.close()
            del self._own.talk
        self.longest = max(self.longest, time.monotonic() - began)
        time.sleep(0.005)

    _own = threading.local()


@contextmanager
def traffic(name: str) -> Iterator[Traffic]:
    going = Traffic(name)
    threads = [
        threading.Thread(target=going.write, args=(1001,)),
        threading.Thread(target=going.write, args=(1002,)),
        threading.Thread(target=going.look),
    ]
    for thread in threads:
        thread.start()
    try:
        time.sleep(0.5)
        yield going
        time.sleep(0.5)
    finally:
        going.over.set()
        for thread in threads:
            thread.join()


def test_the_version_before_goes_on_while_all_newer_migrations_run(site):
    with traffic(site) as going:
        python(site, "manage.py", "migrate", "--verbosity", "0")
    assert going.errors == []
    assert going.longest < LONGEST
    assert going.acknowledged > 20
    assert going.read > 0
    with psycopg.connect(database_url(site)) as talk:
        (posts,) = talk.execute("SELECT count(*) FROM forums_post WHERE number > 1000").fetchone()
        (counted,) = talk.execute("SELECT reply_count FROM forums_topic").fetchone()
    assert posts == counted == going.acknowledged  # none lost, none doubled
    python(site, "manage.py", "migrate", "--check", "--verbosity", "0")


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE forums_post ADD COLUMN tried bool NOT NULL DEFAULT false;"
        "ALTER TABLE forums_post ALTER COLUMN tried DROP DEFAULT",
        "ALTER TABLE forums_topic DROP COLUMN reply_count CASCADE",
    ],
)
def test_what_breaks_the_version_before_would_be_seen(site, change):
    with psycopg.connect(database_url(site), autocommit=True) as talk, traffic(site) as going:
        talk.execute(change)
    assert going.errors
