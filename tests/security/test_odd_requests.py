"""Thousands of odd requests to a true server: no 5xx, none slow or lost, nothing reflected.

What is sent: shared/tools/fuzz_urls.py, over addresses/*.txt and what a crawl finds. Fewer of them in
everyday tests; ROYPALANG_FULL=1 sends four times as many.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from django.db import connection
from django.test import Client

from tests.needs import CHECKOUT, needs_shared
from tests.security.world import World, make_people, make_world

HOW_MANY = {"visitor": 1000, "malee": 1200, "administrator": 700}
TIMES = 4 if os.environ.get("ROYPALANG_FULL") == "1" else 1
ADDRESSES = Path(__file__).with_name("addresses")


@pytest.fixture
def world(transactional_db) -> World:
    return make_world(make_people())


def _database_url() -> str:
    """The test database's own address, for another process."""
    at = connection.settings_dict
    user, host, name = (quote(str(at[key] or ""), safe="") for key in ("USER", "HOST", "NAME"))
    password = f":{quote(at['PASSWORD'], safe='')}" if at.get("PASSWORD") else ""
    port = f":{at['PORT']}" if at.get("PORT") else ""
    return f"postgresql://{user}{password}@{host}{port}/{name}"


@pytest.fixture
def site(world, tmp_path) -> Iterator[str]:
    """The address of a gunicorn that serves the test database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {
        "DATABASE_URL": _database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.security.fuzz_settings",
    }
    command = [
        *(sys.executable, "-m", "gunicorn", "roypalang.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4"),
        *("--no-control-socket", "--log-level", "error"),
    ]
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=CHECKOUT, env={**os.environ, **told}, stdout=log, stderr=log
        )
    try:
        for _try in range(150):
            try:
                urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)
        print((tmp_path / "server.log").read_text()[-20_000:])


def test_no_odd_request_breaks_the_site(site, world, tmp_path):
    tool = needs_shared("tools", "fuzz_urls.py")
    patterns = tmp_path / "addresses.txt"
    patterns.write_text("\n".join(part.read_text() for part in sorted(ADDRESSES.glob("*.txt"))))
    for number, (who, count) in enumerate(HOW_MANY.items(), start=1):
        cookies = []
        if member := world.people[who]:
            client = Client()
            client.force_login(member)
            cookies = ["--cookie", f"sessionid={client.cookies['sessionid'].value}"]
        answer = subprocess.run(
            [
                *(sys.executable, str(tool), site, "--patterns", str(patterns), "--crawl", "25"),
                *("-n", str(count * TIMES), "--seed", str(number), "--csrf", "--timeout", "8"),
                *("--slow", "6", "--fill", f"int={world.topic.pk}", "--fill", "slug=rules"),
                *cookies,
            ],
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert answer.returncode == 0, f"as {who}:\n{answer.stdout}{answer.stderr}"
