"""What is kept for visitors is of nobody: each address is asked by all, and what one is given holds no byte of another's.

Whatever is kept, and whoever came before, each is answered as where nothing is kept.
"""

import itertools
import re
from http.cookies import SimpleCookie
from typing import NamedTuple

import brotli
import pytest
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import resolve
from django.utils import timezone

from accounts.display import COOKIE
from accounts.models import Member
from forums.kept.models import KeptPage
from tests.clients import signed_in
from tests.make import make_member
from tests.security.test_routes import ROWS

Cookies = dict[str, str]

LANGUAGE = settings.LANGUAGE_COOKIE_NAME
# The last is none of ours: she reads Thai.
LANGUAGES: tuple[Cookies, ...] = ({}, {LANGUAGE: "en"}, {LANGUAGE: "de"})
DISPLAYS: tuple[Cookies, ...] = (
    *({}, {COOKIE: "dark.large"}, {COOKIE: "dark."}),
    {COOKIE: "<b>.x"},
)
# Of a visitor who has been to the page for signing in, and of those who measure elsewhere.
STRAY = {settings.CSRF_COOKIE_NAME: "s3cretOfHerFormNobodyElseMayRead", "_ga": "GA1.2.3.4"}
TOKEN = re.compile(
    rb'(?:name="(?:csrfmiddlewaretoken|opened|submission)" value=|"token": )"([\w-]+)"'
)
# Of an answer: its name and its time; and what is said of a page that is kept.
_OF_EACH = {"X-Request-ID", "Expires", "ETag", "Cache-Control", "Content-Length", "Vary"}


class Reader(NamedTuple):
    """Who asks: in a browser of hers, and in one of a site where nothing is kept."""

    client: Client
    plain: Client
    session: Cookies
    secrets: tuple[bytes, ...]  # stand on no page but hers
    marks: tuple[bytes, ...]  # of these, what stands on each of hers that is kept for visitors

    def ask(self, path: str, cookies: Cookies, *, plain: bool = False) -> HttpResponse:
        """As if she came for the first time, but for these cookies and her session."""
        client = self.plain if plain else self.client
        client.cookies = SimpleCookie({**cookies, **self.session})
        response = client.get(path)
        if response.streaming:
            whole, headers = b"".join(response.streaming_content), dict(response.headers)
            return HttpResponse(whole, status=response.status_code, headers=headers)
        return response


def reader(member: Member | None) -> Reader:
    client, plain = signed_in(member), Client()
    with override_settings(FORUMS_KEPT_PAGES=False):
        plain.handler.load_middleware()
    session = {name: morsel.value for name, morsel in client.cookies.items()}
    words, marks = [STRAY[settings.CSRF_COOKIE_NAME]], []
    if member is not None:
        words = [member.display_name, member.handle, member.email, *session.values()]
        marks = [f'data-reader="{member.pk}"', f"/u/{member.handle}/"]
    hers = tuple(word.encode() for word in (*marks, *words))
    return Reader(client, plain, session, hers, hers[: len(marks)])


@pytest.fixture
def readers(world, settings, monkeypatch) -> dict[str, Reader]:
    """Three whom no page names, in a moment that stays: what was said a minute ago is so for all of them."""
    settings.FORUMS_KEPT_PAGES = True
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    member = make_member("quietreader", display_name="ผู้อ่านเงียบ", email="quiet@example.net")
    moderator = make_member("watchful", display_name="ผู้ดูแลตื่นดึก", is_staff=True)
    made = {"visitor": reader(None), "member": reader(member), "moderator": reader(moderator)}
    for each in made.values():
        assert each.ask("/", {}).status_code == 200
    caches["process"].clear()
    KeptPage.objects.all().delete()
    return made


@pytest.fixture
def addresses(world, readers) -> list[str]:
    names = world.names()
    return [row.address.format(**names) for row in ROWS if row.get["visitor"] == 200]


def told(response: HttpResponse) -> tuple[object, ...]:
    """All that she is answered with, but for the tokens of forms."""
    headers = {name: value for name, value in response.headers.items() if name not in _OF_EACH}
    cookies = {name: morsel["max-age"] for name, morsel in response.cookies.items()}
    return response.status_code, headers, cookies, TOKEN.sub(b"TOKEN", response.content)


def may_be_kept(path: str) -> bool:
    return hasattr(resolve(path).func, "kept")


def hold_apart(readers: dict[str, Reader], path: str, cookies: Cookies) -> int:
    """Let each of them come first and last, and compare; returns how many tokens of forms were seen."""
    kept, before = may_be_kept(path), KeptPage.objects.count()
    for who in ("moderator", "member") if kept else ():
        readers[who].ask(path, cookies)
    assert KeptPage.objects.count() == before, path
    plain = {who: told(each.ask(path, cookies, plain=True)) for who, each in readers.items()}
    answers = [
        (who, readers[who].ask(path, cookies))
        for who in ("visitor", "member", "moderator", "visitor")
    ]
    assert KeptPage.objects.count() == before + kept, (path, cookies)
    tokens: dict[str, set[bytes]] = {who: set() for who in readers}
    for who, answer in answers:
        assert told(answer) == plain[who], (who, path)
        for other, each in readers.items():
            found = [secret for secret in each.secrets if secret in answer.content]
            assert who == other or not found, (who, path, found)
        if kept:
            assert all(mark in answer.content for mark in readers[who].marks), (who, path)
        tokens[who] |= set(TOKEN.findall(answer.content))
    for one, other in itertools.combinations(tokens.values(), 2):
        assert not one & other, path
    return sum(map(len, tokens.values()))


@pytest.mark.parametrize("way", range(3))
def test_each_is_answered_as_where_nothing_is_kept(readers, addresses, way):
    """All addresses: in each language, with one of the displays."""
    cookies = {**LANGUAGES[way], **DISPLAYS[way], **STRAY}
    seen = sum(hold_apart(readers, path, cookies) for path in addresses)
    assert seen > 20  # else they are not written as they are looked for
    for page in KeptPage.objects.all():
        body = brotli.decompress(page.body)
        assert not any(secret in body for each in readers.values() for secret in each.secrets)
        assert not TOKEN.search(body)


def test_each_language_and_display_has_its_own(readers, addresses):
    """All addresses whose pages are kept, in all languages and displays, one after the other."""
    kept = [path for path in addresses if may_be_kept(path)]
    assert len(kept) > 8
    ways = [{**language, **shown} for language in LANGUAGES for shown in DISPLAYS]
    for path in kept:
        first = [readers["visitor"].ask(path, cookies) for cookies in ways]
        for cookies, answer in zip(ways, first, strict=True):
            again = readers["visitor"].ask(path, cookies)
            anew = readers["visitor"].ask(path, cookies, plain=True)
            assert told(answer) == told(again) == told(anew), (path, cookies)
    # German is read as Thai, and a display that is none of ours as none: their pages are the same.
    assert KeptPage.objects.count() == len(kept) * 2 * 3
