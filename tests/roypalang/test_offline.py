"""What a device keeps for when there is no signal: the worker, its page, who may keep what. In a browser:
tests/browser/test_offline.py, and which pages: tests/security/test_routes.py."""

import gzip
import re

from django.contrib.staticfiles import finders
from django.test import Client

from forums.base.offline import KEEP
from tests.clients import signed_in
from tests.make import make_topic


def test_the_worker_is_one_script_and_is_asked_for_cheaply(client):
    first = client.get("/sw.js")  # no database here: it would be an error
    again = client.get("/sw.js", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Content-Type"].startswith("text/javascript")
    assert first["Service-Worker-Allowed"] == "/"
    assert "no-cache" in first["Cache-Control"]
    assert "worker-src 'self'" in first["Content-Security-Policy"]
    assert len(gzip.compress(first.content)) < 5_000


def test_everything_the_worker_keeps_is_there(client):
    script = client.get("/sw.js").text
    files = re.findall(r'"(/static/[^"]+)"', script)
    assert len(files) > 15
    for file in files:
        name = re.sub(r"\.[0-9a-f]{12}(?=\.)", "", file.removeprefix("/static/"))
        assert finders.find(name), name
        assert "/worker/" not in name


def test_who_reads_and_a_fresh_token(client, malee):
    assert client.get("/offline/reader/").json() == {"reader": 0}
    assert not client.cookies
    said = signed_in(malee).get("/offline/reader/")
    assert said.json()["reader"] == malee.pk
    assert len(said.json()["token"]) == 64
    assert "no-store" in said["Cache-Control"]


def test_the_page_is_nobodys(client, malee):
    page = signed_in(malee).get("/offline/").text
    assert malee.display_name not in page
    assert 'id="note-waiting"' in page


def test_a_page_that_may_be_kept_says_whose_it_is(db, malee):
    topic = make_topic(malee)
    assert Client().get(topic.get_absolute_url())[KEEP] == "0"
    assert signed_in(malee).get(topic.get_absolute_url())[KEEP] == str(malee.pk)
    assert KEEP not in signed_in(malee).get("/t/999999/")
