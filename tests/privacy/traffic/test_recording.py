"""What is noted of a request, that it is written within a second, and what is lost when a process dies."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from time import process_time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from forums.privacy.traffic import recording
from forums.privacy.traffic.actions import write_down
from forums.privacy.traffic.models import TrafficEntry
from forums.privacy.traffic.recording import NotedRequest, Recorder, RecordTraffic
from tests.clients import signed_in
from tests.needs import CHECKOUT
from tests.served import database_url, served


@pytest.fixture
def noted(settings, monkeypatch):
    """What a request would have written."""
    settings.FORUMS_TRAFFIC_LOG = True
    lines: list[NotedRequest] = []
    monkeypatch.setattr(recording.recorder, "note", lines.append)
    return lines


def test_a_page_is_noted_with_its_kind_and_its_reader_and_not_its_words(noted, malee):
    signed_in(malee).get("/search/?q=ความลับ", REMOTE_ADDR="203.0.113.7", REMOTE_PORT="4711")
    (line,) = noted
    assert line[1:] == ("203.0.113.7", 4711, malee.pk, "GET search")
    assert timezone.now() - line.at < timedelta(seconds=20)


def test_a_visitor_has_no_account_and_a_wrong_address_no_page(noted, db):
    signed_in(None).get("/nowhere/at/all/")
    assert noted[0][3:] == (None, "GET –")


@pytest.mark.usefixtures("db")
def test_what_is_refused_at_the_door_is_noted_too(noted):
    signed_in(None).get("/search/?q=%00")
    signed_in(None).generic("NONSENSE", "/")
    assert [line.kind for line in noted] == ["GET –", "– –"]


def test_signing_out_is_noted_with_who_was_in(noted, malee):
    signed_in(malee).post("/accounts/logout/")
    assert noted[0][3:] == (malee.pk, "POST account_logout")


def test_what_the_machine_asks_of_itself_is_not_noted(noted, db):
    signed_in(None).get("/healthz")
    signed_in(None).get("/readyz")
    assert noted == []


def test_behind_a_proxy_the_port_is_what_the_proxy_says(noted, db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    told = {"HTTP_X_FORWARDED_FOR": "198.51.100.9", "HTTP_X_CLIENT_PORT": "50123"}
    signed_in(None).get("/", REMOTE_PORT="1", **told)
    assert noted[0][1:3] == ("198.51.100.9", 50123)


@pytest.mark.parametrize(
    ("said", "port"), [("", None), ("70 0", None), ("๑๒", None), ("123456", None), ("8", 8)]
)
def test_a_port_that_is_none_is_left_out(noted, db, said, port):
    signed_in(None).get("/", REMOTE_PORT=said)
    assert noted[0].port == port


def test_an_address_no_table_can_hold_is_left_out(noted, db):
    signed_in(None).get("/healthz-not", REMOTE_ADDR="fe80::1%eth0")
    assert noted[0].address == "fe80::1"


def _line(kind="GET home") -> NotedRequest:
    return NotedRequest(timezone.now(), "203.0.113.7", 4711, None, kind)


def test_lines_are_written_within_a_second(transactional_db):
    def write_and_leave(lines):  # a connection that stays would keep the test database busy
        write_down(lines)
        connection.close()

    recorder = Recorder(write_and_leave)
    began = time.monotonic()
    recorder.note(_line())
    while not TrafficEntry.objects.exists() and time.monotonic() - began < 10:
        time.sleep(0.02)
    assert TrafficEntry.objects.get().kind == "GET home"
    assert time.monotonic() - began < 1


def test_lines_wait_for_a_database_that_is_away_and_the_oldest_go_first(
    transactional_db, monkeypatch, caplog
):
    def away(_lines):
        raise OperationalError("away")

    monkeypatch.setattr(recording, "MOST", 3)
    recorder = Recorder(away)
    recorder.lines = type(recorder.lines)(maxlen=3)
    for kind in "abc":
        recorder.lines.append(_line(kind))
    recorder.write()
    recorder.lines.append(_line("d"))
    recorder.write()
    assert [line.kind for line in recorder.lines] == ["b", "c", "d"]
    assert len(caplog.records) == 1
    recorder.write_down = write_down
    recorder.write()
    kinds = TrafficEntry.objects.order_by("at", "number").values_list("kind", flat=True)
    assert list(kinds) == ["b", "c", "d"]


def test_a_process_that_is_told_to_end_loses_nothing(transactional_db, tmp_path):
    """gunicorn gets SIGTERM while lines are not yet written."""
    told = {"DJANGO_SETTINGS_MODULE": "tests.privacy.traffic.served_settings"}
    with served(tmp_path, **told) as site:
        for _n in range(20):
            urllib.request.urlopen(f"{site}/robots.txt", timeout=20).close()
    assert TrafficEntry.objects.filter(kind="GET robots").count() == 20
    one = TrafficEntry.objects.filter(kind="GET robots").first()
    assert (one.address, one.account) == ("127.0.0.1", None)
    assert one.port > 1024


NOTES = """
import django, os, sys, time
django.setup()
from django.utils import timezone
from forums.privacy.traffic.recording import NotedRequest
from forums.privacy.traffic.recording import recorder
for n in range(400):
    recorder.note(NotedRequest(timezone.now(), "203.0.113.7", 1, None, f"GET {n}"))
    print(n, time.time(), flush=True)
    time.sleep(0.01)
"""


def test_a_process_that_is_killed_loses_the_last_second_at_most(transactional_db):
    told = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
    process = subprocess.Popen(
        [sys.executable, "-c", NOTES],
        cwd=CHECKOUT,
        env={**os.environ, **told},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    said = [process.stdout.readline().split() for _n in range(250)]
    process.send_signal(signal.SIGKILL)
    killed = time.time()
    process.wait()
    kept = {int(e.kind.split()[1]) for e in TrafficEntry.objects.all()}
    lost = [float(at) for number, at in said if int(number) not in kept]
    assert kept
    assert all(killed - at < 1 for at in lost)
    connection.close()


def test_noting_a_request_costs_less_than_a_third_of_a_millisecond(settings, rf, monkeypatch):
    settings.FORUMS_TRAFFIC_LOG = True
    monkeypatch.setattr(recording.recorder, "_pid", os.getpid())  # no thread writes meanwhile
    answer = HttpResponse("")

    def asked(times: int, handler) -> float:
        requests = [_asked(rf) for _n in range(times)]
        began = process_time()
        for request in requests:
            handler(request)
        return (process_time() - began) / times

    plain = min(asked(2_000, lambda _request: answer) for _n in range(3))
    noting = RecordTraffic(lambda _request: answer)
    with_log = min(asked(2_000, noting) for _n in range(3))
    recording.recorder.lines.clear()
    assert (with_log - plain) * 1000 < 0.3


def _asked(rf: RequestFactory):
    request = rf.get("/t/1/", REMOTE_ADDR="203.0.113.7", REMOTE_PORT="4711")
    request.resolver_match = resolve("/")
    request.user = AnonymousUser()
    return request
