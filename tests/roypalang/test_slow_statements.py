"""A statement that kept its page waiting is told: how long, which page, what was asked; not with which values."""

import logging

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from forums.base.constant_sql import select
from roypalang import measuring
from roypalang.slow_statements import slow_statements


@pytest.fixture
def told(db, settings, caplog):
    """Ask in a page; what the log says then."""
    settings.SLOW_STATEMENT_MS = 30

    def ask(look) -> list[logging.LogRecord]:
        caplog.clear()

        def page(request):
            look()
            return HttpResponse()

        slow_statements(page)(RequestFactory().get("/"))
        return caplog.records

    return ask


def plainly(seconds: float, word: str = "geheim") -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s),\n   %s", [seconds, word])


def test_what_took_long_is_told_without_its_values(told):
    (line,) = told(lambda: plainly(0.05))
    said = line.getMessage()
    assert "SELECT pg_sleep(%s), %s" in said
    assert "geheim" not in said
    assert line.told["page"] == "none"
    assert 50 <= line.told["milliseconds"] < 5_000
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert line.told["process"] == cursor.fetchone()[0]


def test_a_constant_statement_is_timed_too(told):
    (line,) = told(lambda: select("SELECT pg_sleep(%(seconds)s)", seconds=0.05))
    assert "pg_sleep(%(seconds)s)" in line.getMessage()


def test_what_was_quick_is_not(told):
    assert told(lambda: plainly(0)) == []


def test_what_failed_after_long_is_told_as_well(told):
    def fails():
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN PERFORM pg_sleep(0.05); RAISE 'x'; END $$")

    assert len(told(fails)) == 1


def test_a_long_statement_is_cut(told):
    (line,) = told(lambda: select(f"SELECT pg_sleep(0.05), '{'x' * 5_000}'"))
    assert len(line.getMessage()) < 600


def test_where_no_time_is_set_nothing_is_timed(client, settings, db):
    settings.SLOW_STATEMENT_MS = 0
    assert client.get("/healthz").status_code == 200


def test_a_page_is_named_and_counted(client, db, settings, caplog, monkeypatch):
    settings.SLOW_STATEMENT_MS = 0.001
    seen = []
    monkeypatch.setattr("roypalang.slow_statements.statement_was_slow", seen.append)
    client.get("/boards/")
    assert set(seen) == {"boards"}
    assert all(line.told["page"] == "boards" for line in caplog.records)
    settings.METRICS_TOKEN = "a-token-of-the-keeper"
    measuring.counted.cache_clear()
    measuring.statement_was_slow("boards")
    (family,) = measuring.counted().slow.collect()
    assert {sample.value for sample in family.samples if sample.name.endswith("_total")} == {1}
    measuring.counted.cache_clear()
