"""Thousands of odd requests to a true server: no 5xx, none slow or lost, nothing reflected.

What is sent: shared/tools/fuzz_urls.py, over addresses/*.txt and what a crawl finds. Fewer of them in
everyday tests; ROYPALANG_FULL=1 sends four times as many.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.needs import needs_shared
from tests.security.world import World, make_people, make_world
from tests.served import served

HOW_MANY = {"visitor": 1000, "malee": 1200, "administrator": 700}
TIMES = 4 if os.environ.get("ROYPALANG_FULL") == "1" else 1
ADDRESSES = Path(__file__).with_name("addresses")


@pytest.fixture
def world(transactional_db) -> World:
    return make_world(make_people())


@pytest.fixture
def site(world, tmp_path) -> Iterator[str]:
    """The address of a gunicorn that serves the test database."""
    with served(tmp_path) as address:
        yield address


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
