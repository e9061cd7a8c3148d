"""Ten minutes a row: what pages did, added up; the worst that was seen waiting."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from forums.notifications.models import Email, Telling
from forums.vitals import actions
from forums.vitals.actions import add_requests, forget_spans, note_waiting
from forums.vitals.kinds import forget_spans as every_hour
from forums.vitals.models import VitalSpan
from roypalang import tally as tallies
from tests.threads import in_threads

NOON = datetime(2026, 11, 30, 12, 7, 31, 5, tzinfo=UTC)
BEGAN = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def add(now: datetime = NOON, **more: int) -> None:
    add_requests(**{"now": now, "requests": 1, "failed": 0, "slow": 0, "milliseconds": 20} | more)


def test_what_several_processes_did_is_added_up(db):
    add(requests=10, failed=1, milliseconds=500)
    add(NOON + timedelta(minutes=2), requests=5, slow=2, milliseconds=250)
    add(NOON + timedelta(minutes=3))
    first, second = VitalSpan.objects.order_by("at")
    assert (first.at, first.requests, first.failed, first.slow) == (BEGAN, 15, 1, 2)
    assert first.milliseconds == 750
    assert second.at == BEGAN + timedelta(minutes=10)
    assert first.letters is None  # no worker has looked


@pytest.mark.django_db(transaction=True)
def test_at_once_none_is_lost():
    results = in_threads(lambda times: [add() for _time in range(times)], [10] * 6)
    assert results == [[None] * 10] * 6
    assert VitalSpan.objects.get().requests == 60


def test_of_what_waited_the_longest_is_kept(db, monkeypatch):
    Email.objects.create(kind="x", key="x", address="a@b.org", due_at=NOON - timedelta(seconds=90))
    note_waiting(now=NOON)
    Email.objects.update(sent_at=NOON)
    Telling.objects.create(kind="x", key="x", due_at=NOON - timedelta(seconds=5))
    monkeypatch.setattr(actions, "disks", lambda: iter([("a", 3, 100), ("b", 1, 2)]))
    note_waiting(now=NOON)
    add()
    span = VitalSpan.objects.get()
    assert (span.letters, span.tellings, span.cases) == (90, 5, 0)
    assert (span.free, span.requests) == (3, 1)


def test_eight_days_are_kept(db):
    for days in (0, 7, 9, 400):
        add(NOON - timedelta(days=days))
    every_hour(NOON)
    assert VitalSpan.objects.count() == 2
    assert forget_spans(now=NOON) == 0


@pytest.fixture
def answered(db, settings, monkeypatch):
    """Answer a request with this; what was written by then."""
    settings.FORUMS_VITALS = True
    monkeypatch.setattr(tallies, "tally", tallies.RequestTally())
    tallies.tally._written -= tallies.EVERY

    def answer(status: int = 200, path: str = "/") -> None:
        request = RequestFactory().get(path)
        response = tallies.Tallied(lambda asked: HttpResponse(status=status))(request)
        for closing in response._resource_closers:  # close() would close the test's connection, too
            closing()

    return answer


def test_pages_are_written_once_a_minute_after_an_answer(answered, django_assert_num_queries):
    answered(500)
    assert VitalSpan.objects.get().failed == 1
    with django_assert_num_queries(0):
        answered(500)
        answered(500)
    tallies.tally._written -= tallies.EVERY
    answered(503)
    assert VitalSpan.objects.get().requests == 4


def test_files_and_strangers_at_locked_doors_are_no_pages(answered):
    answered(200, "/static/x.css")
    answered(404, "/wp-login.php")
    assert tallies.tally.requests == 0
    answered(502, "/anything/")
    assert VitalSpan.objects.get().requests == 1


def test_a_slow_page_is_one(answered, monkeypatch):
    clock = iter([10.0, 11.5])
    monkeypatch.setattr(tallies, "perf_counter", lambda: next(clock))
    answered(500)
    span = VitalSpan.objects.get()
    assert (span.slow, span.milliseconds) == (1, 1500)


def test_what_the_database_does_not_take_comes_with_the_next(answered, monkeypatch):
    def away(**values):
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(tallies, "add_requests", away)
        answered(503)
    tallies.tally._written -= tallies.EVERY
    answered(500)
    assert VitalSpan.objects.get().failed == 2


def test_pages_of_the_site_count_themselves(client, db, settings, monkeypatch):
    settings.FORUMS_VITALS = True
    monkeypatch.setattr(tallies, "tally", tallies.RequestTally())
    client.get("/boards/")
    client.get("/healthz")
    client.get("/t/999999/")  # a page of ours, that says it has none
    assert tallies.tally.requests == 2
    assert timezone.now()  # nothing is written before a minute has passed
    assert not VitalSpan.objects.exists()
