"""How much waits, and how long."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from forums.notifications.models import Email, Telling
from forums.vitals import gauges as vitals
from forums.vitals.actions import give_signs
from forums.vitals.gauges import VitalGauge, gauges, queues


@pytest.fixture(autouse=True)
def _fresh(db):
    caches["process"].clear()


def by_name() -> dict[str, dict]:
    return {each.name: dict(each.values) for each in gauges()}


def letter(key: str, **columns) -> Email:
    return Email.objects.create(kind="hello", key=key, address="a@example.org", **columns)


def test_of_letters_those_that_are_due_and_not_gone_wait():
    now = timezone.now()
    letter("late", due_at=now - timedelta(minutes=7))
    letter("due", due_at=now - timedelta(minutes=1))
    letter("tomorrow", due_at=now + timedelta(days=1))
    letter("sent", due_at=now - timedelta(days=1), sent_at=now)
    letter("dropped", due_at=now - timedelta(days=1), dropped_at=now)
    found = queues(now)["letters"]
    assert (found.count, found.seconds) == (2, 7 * 60)


def test_what_is_to_be_told_waits_since_it_may_be():
    now = timezone.now()
    Telling.objects.create(kind="x", key="x", due_at=now - timedelta(seconds=30))
    assert queues(now)["tellings"].seconds == 30


def test_where_nothing_waits_it_has_waited_for_nothing():
    assert {(each.count, each.seconds) for each in queues(timezone.now()).values()} == {(0, 0.0)}


def test_no_more_is_counted_than_is_looked_at(monkeypatch):
    monkeypatch.setattr(vitals, "MOST", 3)
    for number in range(5):
        letter(str(number))
    assert queues(timezone.now() + timedelta(seconds=1))["letters"].count == 3


def test_as_many_questions_whatever_waits(django_assert_num_queries):
    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        caches["process"].clear()
        with CaptureQueriesContext(connection) as asked:
            gauges()
        return len(asked)

    few = count()
    for number in range(40):
        letter(str(number))
    assert count() == few


def test_the_parts_of_the_worker_say_how_long_ago_they_came_round():
    give_signs({"worker": timezone.now() - timedelta(minutes=9), "push": timezone.now()})
    found = by_name()
    assert 540 <= found["roypalang_sign_of_life_seconds"]["worker",] < 560
    assert found["roypalang_amiss"]["worker",] == 1
    assert found["roypalang_amiss"]["pictures",] == 0


def test_the_database_says_how_it_does():
    found = by_name()
    assert found["roypalang_database_up"] == {(): 1}
    assert found["roypalang_database_bytes"][()] > 1_000_000
    assert (
        found["roypalang_database_connections_most"][()]
        > found["roypalang_database_connections"][()]
        >= 0
    )
    assert "roypalang_replica_lag_seconds" not in found  # there is none


def test_a_replica_is_told_by_its_name():
    class Said:
        answers = iter([(3, 100, 0.0, 1), (False,)])

        def execute(self, statement):
            assert "SELECT" in statement

        def fetchone(self):
            return next(self.answers)

        def fetchall(self):
            return [("second", 2.5, 4096.0)]

    found = {each.name: each for each in vitals._database(Said())}
    lag = found["roypalang_replica_lag_seconds"]
    assert isinstance(lag, VitalGauge)
    assert (lag.labels, lag.values) == (("replica",), [(("second",), 2.5)])
    assert found["roypalang_replica_lag_bytes"].values == [(("second",), 4096.0)]
