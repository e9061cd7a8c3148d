"""One name for a request: in the answer, on each line of the log, and on the page that says that something broke."""

import json
import re
import socket
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from django.db import connection
from django.test import Client

from roypalang.logs import JsonLines
from tests.served import served

NAME = re.compile(r"[1-9][0-9]{9}")


def test_each_request_has_a_name_of_its_own(client):
    first, second = (client.get("/healthz")["X-Request-ID"] for _time in range(2))
    assert NAME.fullmatch(first)
    assert first != second


def test_what_was_refused_at_the_door_has_one_too(client, db):
    assert NAME.fullmatch(client.put("/healthz")["X-Request-ID"])
    assert NAME.fullmatch(client.get("/healthz%00")["X-Request-ID"])


def test_a_strangers_word_is_nobodys_name(client):
    said = client.get("/healthz", headers={"X-Request-ID": "1234567890"})["X-Request-ID"]
    assert said != "1234567890"


def test_who_meets_a_fault_of_ours_reads_what_to_tell_us_and_the_log_has_the_same(
    db, monkeypatch, caplog
):
    def broken(*args, **kwargs):
        raise ValueError("broken")

    monkeypatch.setattr("forums.front.home.views.render", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    name = answer["X-Request-ID"]
    assert f"แจ้งเราพร้อมรหัสนี้: {name}" in answer.text
    (line,) = [each for each in caplog.records if each.exc_info]
    told = json.loads(JsonLines().format(line))
    assert (told["request"], told["page"]) == (name, "home")
    assert told["error"].endswith("ValueError: broken")


@pytest.mark.django_db(transaction=True)
def test_the_served_site_writes_it_into_both_logs(tmp_path):
    log = tmp_path / "access.log"
    with served(tmp_path, ACCESS_LOG=str(log), LOG_FORMAT="json", SLOW_STATEMENT_MS="1") as site:
        name = urlopen(Request(f"{site}/boards/"), timeout=20).headers["X-Request-ID"]
        with socket.create_connection(("127.0.0.1", urlsplit(site).port)) as line:
            line.sendall(b"GET /boards/ x y HTTP/1.1\r\n\r\n")  # gunicorn's own words
            while line.recv(65536):
                pass
    assert log.read_text().count(name) == 1
    lines = [json.loads(each) for each in (tmp_path / "server.log").read_text().splitlines()]
    assert {"gunicorn.error"} <= {each["logger"] for each in lines}


def test_the_database_lists_us_by_what_we_are(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('application_name')")
        assert cursor.fetchone()[0].startswith("roypalang ")
