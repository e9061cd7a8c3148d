"""The shared cache: one statement to keep, what was kept is there until its time, and it never holds too much."""

import time

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache, caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from roypalang import shared_cache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _never_by_chance(monkeypatch):
    monkeypatch.setattr(shared_cache, "randrange", lambda _end: 1)


def test_to_keep_something_is_one_statement_whether_it_is_new_or_not():
    for value in ([1], [1, 2]):
        with CaptureQueriesContext(connection) as queries:
            cache.set("tries", value, 60)
        assert len(queries) == 1
        assert cache.get("tries") == value


def test_what_was_kept_is_gone_when_its_time_is_over():
    cache.set("tries", 1, 60)
    cache.set("tries", 2, -1)
    assert cache.get("tries") is None
    assert cache.add("tries", 3, 60)
    assert not cache.add("tries", 4, 60)
    assert cache.get("tries") == 3


def test_without_an_end_it_stays():
    cache.set("tries", 1, None)
    assert cache.get("tries") == 1


def test_now_and_then_what_is_too_much_is_dropped(monkeypatch):
    monkeypatch.setattr(caches["default"], "_max_entries", 10)
    for number in range(30):
        cache.set(f"tries-{number}", 1, 60)
    monkeypatch.setattr(shared_cache, "randrange", lambda _end: 0)
    cache.set("tries", 1, 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone()[0] < 31


def test_tries_noted_while_a_clock_was_wrong_keep_nobody_out(monkeypatch, rf):
    request, real = rf.post("/"), time.time

    def may_try() -> bool:
        return bool(
            ratelimit.consume(request, app="allauth.account", action="wrong_password", key="malee")
        )

    monkeypatch.setattr(time, "time", lambda: real() + 70 * 60)
    assert [may_try() for _each in range(6)] == [True] * 5 + [False]
    monkeypatch.setattr(time, "time", real)
    assert [may_try() for _each in range(6)] == [True] * 5 + [False]


def test_what_is_kept_beside_tries_is_as_it_was():
    ahead = [time.time() + 3_600]
    cache.set("found", ahead, 60)
    cache.set("allauth:rl:someone:lock", True, 60)
    kept = cache.get_many(["found", "allauth:rl:someone:lock"])
    assert kept == {"found": ahead, "allauth:rl:someone:lock": True}
