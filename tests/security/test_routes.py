"""Every route, every role, every method: nothing opens for somebody it was not meant for.

The tables are routes/*.txt. A route added to the site fails here until somebody has said in a table
who may enter.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from forums.discussions.boards.models import Access
from tests.security.world import NO_ONE, World, make_world, walk

PEOPLE = ["visitor", "somchai", "malee", "moderator", "administrator"]
OTHER_METHODS = ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "NONSENSE"]


@dataclass
class Row:
    address: str
    get: dict[str, int]
    post: dict[str, int]


def _rows() -> list[Row]:
    rows = []
    tables = sorted(Path(__file__).with_name("routes").glob("*.txt"))
    for line in "\n".join(table.read_text() for table in tables).splitlines():
        if not line or line.startswith("#"):
            continue
        address, get, post = (part.strip() for part in line.split("|"))
        answers = [dict(zip(PEOPLE, map(int, part.split()), strict=True)) for part in (get, post)]
        rows.append(Row("/" + address, *answers))
    return rows


ROWS = _rows()


def answer(world: World, who: str, method: str, path: str):
    """The answer to one request; what it wrote is undone."""
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        if member := world.people[who]:
            client.force_login(member)
        response = client.generic(method, path)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


def test_every_route_stands_in_the_table(world):
    names = world.names()
    listed = {resolve(row.address.format(**names)).route for row in ROWS}
    assert listed == set(walk())


@pytest.mark.parametrize("who", PEOPLE)
def test_each_route_opens_for_whom_it_is_meant(world, who):
    names = world.names()
    wrong = []
    for row in ROWS:
        for method, told in (("GET", row.get), ("POST", row.post)):
            got = answer(world, who, method, row.address.format(**names)).status_code
            if got != told[who]:
                wrong.append(f"{method} {row.address}: {got}, not {told[who]}")
    assert not wrong, "\n".join(wrong)


def test_a_method_no_page_has_is_405_everywhere(world):
    names = world.names()
    client = Client()
    client.force_login(world.people["administrator"])
    for row in ROWS:
        path = row.address.format(**names)
        for method in OTHER_METHODS:
            assert client.generic(method, path).status_code == 405, (method, path)


def test_head_says_what_get_says_and_nothing_more(world):
    names = world.names()
    for row in ROWS:
        if row.address.startswith("/admin/"):
            continue
        response = answer(world, "visitor", "HEAD", row.address.format(**names))
        assert response.status_code == row.get["visitor"], row.address
        assert response.streaming or response.content == b"", row.address


NAMED = re.compile(r"\{(topic|slug|post|own|board|picture)\}")


def _masked(response) -> str:
    """An answer without what differs from one request to the next, or only repeats the address."""
    text = f"{response.status_code} {response.headers.get('Location', '')}\n"
    text += "" if response.streaming else response.content.decode()
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "UUID", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "TOKEN", text)
    return re.sub(r"(/|%2F)(t|p|b)(/|%2F)[^/\"]+", r"\1\2\1X", text)


@pytest.mark.parametrize("who", ["visitor", "somchai", "malee"])
def test_what_is_private_answers_like_what_does_not_exist(world, who):
    private = make_world(world.people, read=Access.STAFF).names()
    nothing = private | {
        "topic": 9_999_999,
        "post": 9_999_999,
        "own": 9_999_999,
        "board": "ไม่มีห้องนี้",
        "slug": private["slug"],
        "picture": NO_ONE,
    }
    tried = 0
    for row in ROWS:
        if row.address.startswith("/admin/") or not NAMED.search(row.address):
            continue
        for method in ("GET", "POST"):
            there = answer(world, who, method, row.address.format(**private))
            not_there = answer(world, who, method, row.address.format(**nothing))
            assert _masked(there) == _masked(not_there), (method, row.address)
            tried += 1
    assert tried > 25
