"""/metrics: what is counted, by names of the code alone; for the machine's keeper and nobody else."""

import os
import signal
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as plain_text

from forums.vitals import gauges
from roypalang import measuring
from tests.make import make_topic
from tests.served import served

TOKEN = "a-token-of-the-keeper"
KEEPER = {"Authorization": f"Bearer {TOKEN}"}
ASKS = KEEPER | {"Accept": "application/openmetrics-text; version=1.0.0"}


@pytest.fixture
def on(db, settings):
    settings.METRICS_TOKEN = TOKEN
    caches["process"].clear()
    measuring.counted.cache_clear()
    measuring._look.cache_clear()
    yield
    measuring.counted.cache_clear()
    measuring._look.cache_clear()


def samples(text: str, parse=open_metrics) -> dict:
    """Each sample by its name and the values of its labels."""
    return {
        (sample.name, *(value for _name, value in sorted(sample.labels.items()))): sample.value
        for family in parse(text)
        for sample in family.samples
    }


def asked(client) -> dict:
    answer = client.get("/metrics", headers=ASKS)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/openmetrics-text")
    assert "no-store" in answer["Cache-Control"]
    return samples(answer.text)


@pytest.mark.parametrize("said", ["", "Bearer ", f"Bearer {TOKEN}x", TOKEN])
def test_it_is_not_there_without_the_token(client, on, said):
    for method in (client.get, client.post, client.head):
        assert method("/metrics", headers={"Authorization": said}).status_code == 404


def test_where_no_token_is_set_nothing_is_counted_and_nobody_may_look(client, db, settings):
    measuring.counted.cache_clear()
    assert settings.METRICS_TOKEN == ""
    client.get("/boards/")
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    assert measuring.counted.cache_info().currsize == 0


def test_requests_are_counted_by_the_name_of_their_page(client, on):
    topic = make_topic()
    for _time in range(3):
        client.get(topic.get_absolute_url())
    client.get("/nowhere-at-all/geheim/")
    client.get("/static/css/nothing.css")
    client.put("/boards/")
    client.generic("GEHEIM", "/boards/")
    found = asked(client)
    assert found["roypalang_requests_total", "GET", "200", "topic"] == 3
    assert found["roypalang_request_seconds_count", "topic"] == 3
    assert found["roypalang_requests_total", "GET", "404", "none"] == 1
    assert found["roypalang_requests_total", "GET", "404", "static"] == 1
    assert found["roypalang_requests_total", "other", "405", "none"] == 2
    assert found["roypalang_requests_under_way",] == 1  # this one
    assert not [name for name in found if "geheim" in str(name).lower()]


@pytest.mark.django_db(transaction=True)
def test_pages_given_from_what_is_kept_and_pages_made_are_counted_apart(client, on, settings):
    settings.FORUMS_KEPT_PAGES = True
    client.handler.load_middleware()
    for _time in range(3):
        assert client.get("/boards/").status_code == 200
    client.get("/login/")  # is nothing that is kept
    found = asked(client)
    assert found["roypalang_cache_looks_total", "pages", "no"] == 1
    assert found["roypalang_cache_looks_total", "pages", "yes"] == 2


def test_looks_into_a_cache_and_searches_that_were_capped_are_counted(client, on):
    caches["process"].get("nothing")
    caches["process"].set("something", 1)
    caches["process"].get("something")
    measuring.search_capped("time")
    found = asked(client)
    assert found["roypalang_cache_looks_total", "process", "yes"] >= 1
    assert found["roypalang_cache_looks_total", "process", "no"] >= 1
    assert found["roypalang_searches_capped_total", "time"] == 1


def test_an_older_program_gets_plain_text(client, on):
    answer = client.get("/metrics", headers=KEEPER)
    assert answer["Content-Type"].startswith("text/plain")
    assert samples(answer.text, plain_text)["roypalang_database_up",] == 1


def test_where_the_database_fails_what_was_counted_is_still_told(client, on, monkeypatch):
    def fails(cursor):
        raise DatabaseError
        yield

    client.get("/healthz")
    monkeypatch.setattr(gauges, "_asked", fails)
    found = asked(client)
    assert found["roypalang_database_up",] == 0
    assert found["roypalang_requests_total", "GET", "200", "healthz"] == 1


@pytest.mark.django_db(transaction=True)
def test_processes_count_together_and_nothing_is_lost_with_one_that_is_killed(tmp_path):
    """Two true processes; one is killed, then both are replaced by new ones, as an update does."""
    folder = tmp_path / "counted"
    folder.mkdir()
    told = {
        "METRICS_TOKEN": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(folder),
        "WEB_CONCURRENCY": "2",
    }
    with served(tmp_path, **told) as site:

        def ask(path: str, **headers: str) -> str:
            return urlopen(Request(site + path, headers=headers), timeout=20).read().decode()

        def healthy() -> float:
            return samples(ask("/metrics", **ASKS))[
                "roypalang_requests_total", "GET", "200", "healthz"
            ]

        def processes() -> set[int]:
            names = [path.stem.removeprefix("counter_") for path in folder.glob("counter_*.db")]
            return {int(name) for name in names if name.isdigit()}

        for _time in range(40):
            ask("/healthz")
        assert healthy() == 40
        before = processes()
        master = _parent_of(min(before))  # one may have answered all of them
        os.kill(min(before), signal.SIGKILL)
        _wait_until(lambda: min(before) not in processes())
        assert healthy() == 40
        os.kill(master, signal.SIGHUP)
        _wait_until(lambda: not before & processes())
        for _time in range(10):
            ask("/healthz")
        assert healthy() == 50
        _wait_until(lambda: len(list(folder.glob("*.db"))) <= 3 * 3)  # no file of the dead
    assert folder.exists()  # it was given, so it is not ours to take away


def _parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _wait_until(done) -> None:
    ends = time.monotonic() + 30
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_the_figures_of_this_moment_are_asked_for_four_times_a_minute_at_most(
    client, on, django_assert_num_queries
):
    asked(client)
    with django_assert_num_queries(0):
        asked(client)


def test_a_question_that_takes_too_long_is_cut_off(on, monkeypatch):
    def slow(cursor):
        cursor.execute("SELECT pg_sleep(20)")
        yield

    monkeypatch.setattr(gauges, "_asked", slow)
    began = time.monotonic()
    assert [each.name for each in gauges.gauges()] == ["roypalang_database_up"]
    assert time.monotonic() - began < 10
    assert connection.is_usable()
