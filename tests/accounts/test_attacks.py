"""What an attacker sends to an account's pages: no token, a `next` elsewhere, another's number."""

import gzip
import json
import re
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.accounts.conftest import PASSWORD
from tests.accounts.test_pages import MEMBER
from tests.needs import needs_shared


def _ours(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _ours(pattern.url_patterns, path)
        elif path.startswith(("accounts/", "settings/")):
            yield path


def paths() -> list[str]:
    """Every address of accounts, with something in the place of each argument."""
    found = []
    for path in _ours(get_resolver().url_patterns):
        path = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "1", path)
        path = re.sub(r"<uuid:\w+>", str(uuid.UUID(int=1)), path)
        found.append("/" + re.sub(r"<\w+:?\w*>", "1", path).replace("^", "").replace("$", ""))
    assert len(found) > 25, found
    return sorted(set(found))


@pytest.mark.django_db
def test_no_post_without_a_token(malee, sure):
    inside = Client(enforce_csrf_checks=True)
    inside.cookies = sure(malee).cookies
    for client in (Client(enforce_csrf_checks=True), inside):
        for path in paths():
            assert client.post(path, {"email": "x@example.org"}).status_code == 403, path


def payloads() -> list[str]:
    folder = needs_shared("data", "security")
    with gzip.open(folder / "payloads.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row["payload"] for row in rows if row["kind"] == "open_redirect"]


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "///evil.example",
    "/\t/evil.example",
    "%2F%2Fevil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "\0//evil.example",
]


def stays(location: str) -> bool:
    """Whether a browser that follows this stays here: it drops tabs and ends of line, and reads \\ as /."""
    target = re.sub(r"[\t\r\n]", "", location.strip("\x00\x20")).replace("\\", "/")
    parts = urlsplit(target)
    return (
        parts.scheme in {"", "http", "https"}
        and parts.netloc in {"", "testserver"}
        and not target.startswith("//")
    )


def _followed(next_: Callable[[], list[str]], do: Callable[[str], HttpResponse]) -> None:
    for target in next_():
        answer = do(target)
        assert answer.status_code in {200, 302, 400}, (target, answer.status_code)
        if answer.status_code == 302:
            assert stays(answer["Location"]), (target, answer["Location"])


@pytest.mark.django_db
@pytest.mark.parametrize("targets", [lambda: ELSEWHERE, payloads], ids=["ours", "shared"])
def test_next_never_leads_away(malee, sure, targets, settings):
    settings.FORUMS_LIGHT_PACE = {}
    here = sure(malee)
    _followed(targets, lambda to: Client().post("/settings/display/", {"next": to}))
    _followed(targets, lambda to: here.get("/accounts/login/", {"next": to}))
    _followed(targets, lambda to: Client().post("/accounts/logout/", {"next": to}))


@pytest.mark.django_db
def test_next_never_leads_away_at_the_door(malee, login, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    fields = {"login": "malee", "password": PASSWORD}
    _followed(
        lambda: ELSEWHERE, lambda to: Client().post("/accounts/login/", fields | {"next": to})
    )
    here = login(malee)
    _followed(
        lambda: ELSEWHERE,
        lambda to: here.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": to}),
    )


@pytest.mark.django_db
def test_next_leads_back_to_where_one_was(malee, client):
    answer = client.post(
        "/accounts/login/?next=/settings/profile/", {"login": "malee", "password": PASSWORD}
    )
    assert answer.url == "/settings/profile/"


@pytest.mark.django_db
def test_a_strange_next_is_not_put_on_the_page_unescaped(client):
    for path in [
        "/accounts/login/",
        "/accounts/signup/",
        "/settings/display/",
        "/accounts/password/reset/",
    ]:
        body = client.get(path, {"next": '"><script>alert(1)</script>'}).content.decode()
        assert "<script>alert(1)" not in body
        assert '""><script' not in body


@pytest.mark.django_db
def test_pages_of_an_account_are_kept_by_no_cache(malee, sure):
    client = sure(malee)
    for path in MEMBER:
        answer = client.get(path)
        cached = answer.get("Cache-Control", "")
        assert "public" not in cached
        assert "Cookie" in answer.get("Vary", "") or "no-store" in cached, path


@pytest.mark.django_db
def test_no_page_shows_anothers_address(malee, somchai, sure):
    client = sure(somchai)
    for path in MEMBER:
        assert malee.email not in client.get(path).content.decode()
