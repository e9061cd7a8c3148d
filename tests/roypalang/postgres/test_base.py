"""roypalang.postgres: a connection is asked only where its socket has something to say."""

import select

import psycopg
import pytest
from django.db import OperationalError, connection

from tests.served import database_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """What is sent to the server by cursors of psycopg itself."""
    sent: list[str] = []
    execute = psycopg.Cursor.execute

    def noting(cursor, query, *args, **options):
        sent.append(query)
        return execute(cursor, query, *args, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", noting)
    monkeypatch.setattr(psycopg.ClientCursor, "execute", noting)
    return sent


def pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def cut(backend: int) -> None:
    with psycopg.connect(database_url(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def test_a_quiet_connection_is_not_asked(asked):
    pid()
    asked.clear()
    assert connection.is_usable()
    assert asked == []


def test_one_that_was_ended_is_seen_to_be(asked):
    cut(pid())
    assert not connection.is_usable()
    connection.close()
    assert not connection.is_usable()  # none at all
    assert pid()


def test_one_that_has_something_to_say_is_asked_and_kept(asked):
    with connection.cursor() as cursor:
        cursor.execute("LISTEN tried")
    with psycopg.connect(database_url(), autocommit=True) as other:
        other.execute("NOTIFY tried")
    select.select([connection.connection], [], [], 30)  # the other backend hands it on in its time
    asked.clear()
    assert connection.is_usable()
    assert asked == ["SELECT 1"]
    asked.clear()
    assert connection.is_usable()
    assert asked == []


def test_after_an_error_it_is_asked(asked):
    backend = pid()
    cut(backend)
    with pytest.raises(OperationalError):
        pid()
    assert connection.errors_occurred
    assert not connection.is_usable()
    connection.close()
