"""Every route, every role, every method: nothing opens for somebody it was not meant for.

The tables are routes/*.txt. A route added to the site fails here until somebody has said in a table
who may enter.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.http.response import ResponseHeaders
from django.urls import resolve

from forums.base.offline import KEEP
from forums.discussions.boards.models import Access
from tests.clients import signed_in
from tests.security.world import NO_ONE, World, make_world, walk
from tests.valid_html import faults

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
        client = signed_in(world.people[who], raise_request_exception=False)
        response = client.generic(method, path)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


def page(response: HttpResponse) -> str:
    """The HTML of a whole page; parts of pages, which scripts ask for, and pictures are none."""
    html = not response.streaming and response.content[:9].lower() == b"<!doctype"
    return response.content.decode() if html else ""


class Told(NamedTuple):
    """What stays of an answer: all of them with what their templates were given would fill the memory."""

    status_code: int
    headers: ResponseHeaders
    cookies: SimpleCookie
    streaming: bool
    page: str  # its HTML; empty for what is no whole page


@pytest.fixture(scope="module")
def _told() -> dict[tuple[str, str], dict[str, Told]]:
    return {}


@pytest.fixture
def told(world, _told) -> Callable[..., dict[str, Told]]:
    """What each GET of the table is answered with, by address: told("malee"). Asked once for all tests."""

    def ask(who: str, method: str = "GET") -> dict[str, Told]:
        if (who, method) not in _told:
            names, answers = world.names(), {}
            for row in ROWS:
                found = answer(world, who, method, row.address.format(**names))
                answers[row.address] = Told(
                    found.status_code, found.headers, found.cookies, found.streaming, page(found)
                )
            _told[who, method] = answers
        return _told[who, method]

    return ask


def test_every_route_stands_in_the_table(world):
    names = world.names()
    listed = {resolve(row.address.format(**names)).route for row in ROWS}
    assert listed == set(walk())


@pytest.mark.parametrize("who", PEOPLE)
def test_each_route_opens_for_whom_it_is_meant(told, who):
    wrong = []
    for row in ROWS:
        for method, meant in (("GET", row.get), ("POST", row.post)):
            got = told(who, method)[row.address].status_code
            if got != meant[who]:
                wrong.append(f"{method} {row.address}: {got}, not {meant[who]}")
    assert not wrong, "\n".join(wrong)


def test_a_method_no_page_has_is_405_everywhere(world):
    names = world.names()
    client = signed_in(world.people["administrator"])
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
    return re.sub(r"(/|%2F)(t|p|b|topics?|post)(/|%2F)[^/\"]+", r"\1\2\1X", text)


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


def test_every_page_is_html_without_a_fault(told, tmp_path):
    pages = {f"{who} {path}": found.page for who in PEOPLE for path, found in told(who).items()}
    for path, found in told("malee", "POST").items():  # forms with what is wrong in them
        pages[f"malee POST {path}"] = found.page
    assert sum(map(bool, pages.values())) > 400
    assert faults(pages, tmp_path) == []
    limited = {path: page for path, page in pages.items() if page and "data-most=" in page}
    assert len(limited) > 5
    assert [path for path, page in limited.items() if "/js/counting." not in page] == []


NOT_SHARED = re.compile(
    r"/(accounts|settings|mail/stop|join|decisions|takedown/\{receipt\}|similar|sent|search|networks/new|start|upload"
    r"|reports?)/|/t/\{topic\}/by/|/common/rounds/|/history/"
    r"|/healthz|/readyz|/contact/|/(members|boards|organisations|requests|links|manage)/$"
)


def test_every_page_people_share_says_what_it_is(told):
    silent = [
        path
        for path, found in told("visitor").items()
        if found.page and found.status_code == 200 and not NOT_SHARED.search(path)
        if not re.search(r'<meta name="description" content="[^"]+">', found.page)
    ]
    assert silent == []


# -- what browsers and caches are told, on every kind of page ------------------------------------


READING = re.compile(
    r"/$|/(new|unanswered|hot|boards|tags|search)/|/(t|u|b|pages)/(?!.*/(new|edit|reply|delete)/$)"
    r"|/p/\{post\}/(thread|history)?/?$|/moderation/log/$|/pictures/|/(robots|manifest|healthz|readyz|favicon)"
)


@pytest.mark.parametrize("who", ["visitor", "malee", "administrator"])
def test_every_answer_carries_the_strict_policy(told, who):
    for path, response in told(who).items():
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert "default-src 'none'" in policy, path
        if not path.startswith("/pictures/{picture}/"):  # a picture: sandboxed, nothing at all
            assert "script-src 'self'" in policy, path
            assert "frame-ancestors 'none'" in policy, path
            assert "base-uri 'none'" in policy, path
        assert response.headers["X-Content-Type-Options"] == "nosniff", path
        # An invitation's address is a key: it is told to no other page, not even one of ours.
        referrer = "strict-origin" if path == "/join/{token}/" else "same-origin"
        assert response.headers["Referrer-Policy"] == referrer, path
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        if not response.streaming:
            assert response.headers["X-Frame-Options"] == "DENY", path


SAME_FOR_ALL = (
    *("/pictures/", "/healthz", "/readyz", "/robots", "/manifest", "/favicon"),
    *("/feed/", "/sitemap"),
)


READ_ON = (
    *("home", "new", "unanswered", "hot", "boards", "board", "network"),
    *("page", "about_common_ground"),
    *(
        "topic",
        "topic_by_id",
        "topic_by_network",
        "thread",
        "activities",
        "activity",
        "activity_named",
    ),
)


@pytest.mark.parametrize("who", ["visitor", "malee", "administrator"])
def test_a_device_keeps_only_what_is_read_and_knows_for_whom(world, told, who):
    reader, names = world.people[who], world.names()
    kept = 0
    for path, response in told(who).items():
        if KEEP not in response.headers:
            continue
        assert resolve(path.format(**names)).url_name in READ_ON, path
        assert response.headers[KEEP] == str(reader.pk if reader else 0), path
        assert "no-store" not in response.headers.get("Cache-Control", ""), path
        kept += 1
    assert kept > 8


@pytest.mark.parametrize("who", ["malee", "administrator"])
def test_what_a_member_sees_is_kept_by_no_shared_cache(told, who):
    for path, response in told(who).items():
        kept = response.headers.get("Cache-Control", "")
        if path.startswith(SAME_FOR_ALL) or path.endswith(("/feed/", "/activities.ics")):
            continue  # the same for everyone; pictures of private boards: tests/pictures/test_views.py
        assert "public" not in kept, path
        assert "private" in kept or "no-store" in kept, path
        assert "max-age" not in kept or "max-age=0" in kept, path


def test_reading_sets_no_cookie_for_a_visitor(told):
    read = 0
    for path, response in told("visitor").items():
        if READING.match(path):
            assert not response.cookies, path
            read += 1
    assert read > 20
