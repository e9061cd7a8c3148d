"""What machines share is in Redis; where that is away or silent, counts go on in the table and no page waits twice."""

import logging
import time

import pytest
from django.core.cache import cache as shared
from django.core.cache import caches
from django.test import Client

from forums.base.errors import TooFast
from forums.base.rate_limits import hold_pace
from forums.vitals.readiness import worries
from roypalang import redis_cache
from roypalang.process_cache import ProcessCache
from roypalang.redis_cache import ForgottenElsewhere, RedisFirst, line
from roypalang.shared_cache import SharedCache
from tests.drills.cluster import free_port
from tests.drills.redis_server import RedisServer, redis_server, silent
from tests.make import make_member
from tests.needs import wants_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def server():
    wants_program("redis-server")
    with redis_server() as server:
        yield server


def of(url: str) -> RedisFirst:
    return RedisFirst("cache", {"OPTIONS": {"REDIS_URL": url, "MAX_ENTRIES": 100}, "TIMEOUT": 60})


def nobody() -> str:
    """The address of a port at which nobody listens."""
    return f"redis://127.0.0.1:{free_port()}/0"


def of_the_table() -> SharedCache:
    return SharedCache("cache", {"OPTIONS": {}, "TIMEOUT": 60})


def test_what_one_machine_counts_the_others_know(server):
    one, other = of(server.url), of(server.url)
    one.set("tries", [3, 2, 1], 60)
    assert other.get("tries") == [3, 2, 1]
    assert other.get_many(["tries", "none"]) == {"tries": [3, 2, 1]}
    assert not other.add("tries", 1, 60)
    assert other.add("lock", 1, 60.5)
    assert (one.has_key("lock"), one.touch("lock", 10), one.touch("none", 10)) == (
        True,
        True,
        False,
    )
    assert one.delete("lock")
    assert other.get("lock", "gone") == "gone"
    one.set("tries", 1, -1)
    assert other.get("tries") is None
    assert of_the_table().get("tries") is None


def test_tries_noted_while_a_clock_was_wrong_are_not_found(server):
    one, now = of(server.url), time.time()
    one.set("allauth:rl:someone", [now + 3_600, now - 1], 60)
    assert one.get("allauth:rl:someone") == [now - 1]


def test_while_it_is_stopped_counts_go_on_in_the_table(server, caplog, monkeypatch):
    one = of(server.url)
    one.set("tries", 1, 60)
    server.stop()
    assert one.get("tries") is None
    for _each in range(5):
        one.set("tries", 2, 60)
        assert one.get("tries") == of_the_table().get("tries") == 2
    (said,) = [each.getMessage() for each in caplog.records]
    assert said.startswith("Redis is away (")
    server.start()
    assert one.get("tries") == 2  # it is left alone for a while
    monkeypatch.setattr(one.line.breaker, "_seconds", 0)
    one.line.breaker._until = 0
    one.set("tries", 3, 60)
    assert (one.get("tries"), of_the_table().get("tries")) == (3, 2)
    assert caplog.records[-1].getMessage() == "Redis is back"


def test_one_that_takes_nothing_is_away_too(server):
    one = of(server.url)
    one.there._cache.get_client(write=True).config_set("maxmemory", "1")
    one.set("tries", "x" * 1000, 60)
    assert of_the_table().get("tries") == "x" * 1000


def test_a_silent_one_is_waited_for_once():
    with silent() as url:
        one = of(url)
        line(url)  # loads the library
        began = time.monotonic()
        for _each in range(20):
            one.get("tries")
        assert 0.15 < time.monotonic() - began < 1


def test_of_many_who_ask_one_tries_whether_it_is_back(monkeypatch):
    there = line(nobody())
    monkeypatch.setattr(redis_cache.time, "monotonic", lambda: 100.0)
    there.breaker.note("gone")
    tried = []
    for now in (101.0, 104.9, 105.0, 105.1, 109.0, 110.1):
        monkeypatch.setattr(redis_cache.time, "monotonic", lambda now=now: now)
        there.ask(lambda now=now: tried.append(now) or _gone(), lambda: None)
    assert tried == [105.0, 110.1]


def _gone():
    raise ConnectionError("gone")


# -- limits --------------------------------------------------------------------------------------


@pytest.fixture(params=["stopped", "silent"])
def away(request, settings):
    """The site with a Redis that is not there."""
    with silent() as mute:
        url = nobody() if request.param == "stopped" else mute
        options = {"MAX_ENTRIES": 1000, "REDIS_URL": url}
        there = {"BACKEND": "roypalang.redis_cache.RedisFirst", "LOCATION": "cache"}
        settings.CACHES = {**settings.CACHES, "default": {**there, "OPTIONS": options}}
        settings.REDIS_URL = url
        yield url


def test_wrong_passwords_are_counted_while_it_is_away(away):
    assert isinstance(caches["default"], RedisFirst)
    make_member("malee")
    client = Client()
    typed = {"login": "malee", "password": "ผิดแน่นอน ผิดแน่นอน"}
    said = [client.post("/accounts/login/", typed).status_code for _each in range(7)]
    assert said[:5] == [200] * 5
    assert said[5:] == [429, 429]
    assert shared.get_many(["x"]) == {}


def test_whoever_writes_too_fast_is_held_while_it_is_away(away, settings):
    settings.FORUMS_PACE = {"profile": [(2, 60)]}
    malee = make_member("malee")
    for _each in range(2):
        hold_pace(malee, "profile")
    with pytest.raises(TooFast):
        hold_pace(malee, "profile")


def test_all_pages_answer_while_it_is_away(away):
    client = Client()
    client.force_login(make_member("malee"))
    for path in ("/", "/boards/", "/networks/", "/search/?q=ป่า", "/notifications/", "/settings/"):
        assert client.get(path, follow=True).status_code == 200, path
    (fault,) = [each for each in worries() if each.name == "redis"]
    assert "Redis" in str(fault.words)


def test_whether_redis_is_there_is_asked_only_where_there_is_one(settings):
    assert settings.REDIS_URL == ""
    assert not [each for each in worries() if each.name == "redis"]


# -- forgotten at once, on every machine -----------------------------------------------------------


@pytest.fixture
def machines(server, tmp_path, monkeypatch):
    """The caches of two machines, each with its own folder and its own look into Redis; looked at each time."""
    monkeypatch.setattr(redis_cache, "LOOKED_AT", -1)
    made = []
    for name in ("one", "other"):
        elsewhere = ForgottenElsewhere(server.url)
        monkeypatch.setattr(
            "roypalang.process_cache.forgotten_elsewhere", lambda _url, each=elsewhere: each
        )
        options = {"STAMP": tmp_path / name / "forgotten", "REDIS_URL": server.url}
        made.append(ProcessCache(f"{tmp_path}{name}", {"OPTIONS": options, "TIMEOUT": 60}))
    return made


def test_what_one_machine_hides_the_others_forget(machines, server: RedisServer):
    one, other = machines
    for _twice in range(2):
        other.set("name", "ป่า")
        assert other.get("name") == "ป่า"
        one.clear()
        assert other.get("name") is None


def test_while_it_is_away_each_machine_forgets_for_itself(machines, server, caplog):
    one, other = machines
    one.set("name", "ป่า")
    other.set("name", "ป่า")
    server.stop()
    caplog.set_level(logging.ERROR)
    one.clear()
    assert one.get("name") is None
    assert other.get("name") == "ป่า"
    assert "Other machines keep" in caplog.text
