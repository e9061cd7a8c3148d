"""What the version before says to its database is understood by today's tables.

Its code is not here (a clone may be shallow), but what it said is: each statement of its demo, its pages and its worker,
recorded when it got its number (`record.py`).
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from tests.migrated import before, migrated
from tests.migrations.record import RECORD
from tests.served import database_url

pytestmark = pytest.mark.django_db(transaction=True)


MAY_FAIL = 5  # of its statements, where there are no rows: they take a value from one


@pytest.fixture(scope="module")
def statements(django_db_blocker, django_db_setup) -> list[str]:
    """Those that its own tables take as they stand."""
    with gzip.open(RECORD, "rt") as file:
        recorded = [json.loads(line) for line in file]
    with django_db_blocker.unblock(), copy_of(before()) as talk:
        taken = [each for each in recorded if not not_understood(talk, [each])]
    assert len(recorded) - len(taken) <= MAY_FAIL
    return taken


@contextmanager
def copy_of(name: str) -> Iterator[psycopg.Connection]:
    """A database like this one, whose rows may refer to rows that are not there: one example of each statement is kept."""
    copy = f"{connection.settings_dict['NAME']}_said"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        try:
            with psycopg.connect(database_url(copy), autocommit=True) as talk:
                talk.execute(_CACHE)
                tables = talk.execute(
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                ).fetchall()
                for (table,) in tables:
                    talk.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')
                    talk.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
                yield talk
        finally:
            cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


# What `createcachetable` makes, which is no migration.
_CACHE = """
    CREATE TABLE IF NOT EXISTS cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL)
"""


def not_understood(talk: psycopg.Connection, statements: list[str]) -> list[str]:
    """What PostgreSQL says of those it does not take."""
    wrong = []
    for statement in statements:
        try:
            with talk.transaction(force_rollback=True):
                talk.execute(statement)
        except psycopg.Error as error:
            wrong.append(f"{error} of {statement[:1000]}")
    return wrong


def test_what_was_recorded_reads_and_writes(statements):
    assert len(statements) > 1000
    kinds = {statement.split()[0].upper() for statement in statements}
    assert {"SELECT", "INSERT", "UPDATE", "DELETE"} <= kinds


def test_the_version_before_is_understood_by_todays_tables(statements):
    with copy_of(migrated()) as talk:
        assert not_understood(talk, statements) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE forums_topic DROP COLUMN reply_count CASCADE",
        "ALTER TABLE forums_post ADD COLUMN tried bool NOT NULL",
        "ALTER TABLE forums_post ADD CONSTRAINT short CHECK (length(body) < 3)",
        "ALTER TABLE forums_bookmark RENAME TO forums_kept_place",
    ],
)
def test_what_it_does_not_understand_would_be_seen(statements, change):
    with copy_of(before()) as talk:
        talk.execute(change)
        assert not_understood(talk, statements)
