"""Visitors' pages from what is kept (`forums.kept`): given while they are true, and kept when they were made.

Two middlewares. `GivePages` stands last, so that crawlers, paces and the traffic log see every request; `KeepPages`
stands outside of languages and cookies, where a page is as its reader gets it but for its compression.
"""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import count
from threading import Event, Lock
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from accounts.display import display
from forums.kept import actions
from forums.kept.lookup import FoundPage, build, find, key_of, version_of, versions
from forums.kept.marking import MayBeKept
from forums.kept.models import PageScope, of_topic
from forums.text.noted import Noted, noting
from roypalang.compression import best_coding, pack, repacked
from roypalang.measuring import looked_into

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]

LONGEST = timedelta(minutes=10)  # whatever forgets to say until when it is true is wrong no longer
LARGEST = 1_000_000  # bytes of a page that is kept
PATIENCE = 1.0  # seconds a reader waits for who makes the same page
TAGS = 10  # that a reader says she has
_VARY = {"accept-encoding", "accept-language", "cookie"}
_NOT_KEPT = ("no-store", "private")
_OF_EACH_ANSWER = ("Content-Length", "Content-Encoding", "ETag", "Date")


@dataclass(slots=True)
class AskedPage:
    """What a visitor asks for, as far as it is known; `key` once it is a page she makes, to be kept."""

    noted: Noted
    path: str
    key: UUID | None = None
    scopes: list[int] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)
    at: datetime | None = None


class GivenPage(HttpResponse):
    """A page that was kept, on its way out without its body."""

    page: FoundPage


class KeepPages:
    """Keeps what a visitor was answered with, and dresses what was kept."""

    def __init__(self, get_response: Handler) -> None:
        if not settings.FORUMS_KEPT_PAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        build()  # now: when files change, this process still is what it was

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_a_visitors(request):
            return self.get_response(request)
        with noting() as noted:
            asked = request.asked_page = AskedPage(noted, request.path_info)  # type: ignore[attr-defined]
            try:
                response = self.get_response(request)
                if isinstance(response, GivenPage):
                    page = response.page
                    for name, value in json.loads(page.headers).items():
                        response.headers[name] = value
                    return _dressed(request, response, page.etag, page.body)
                if asked.key is not None and _is_for_everyone(response):
                    return _kept(request, response, asked)
                return response
            finally:
                if asked.key is not None:
                    _flights.land(asked.key)


class GivePages:
    """Answers with what is kept, if it is true; else lets it be made, once for a crowd."""

    def __init__(self, get_response: Handler) -> None:
        if not settings.FORUMS_KEPT_PAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        may: MayBeKept | None = getattr(view, "kept", None)
        asked: AskedPage | None = getattr(request, "asked_page", None)
        query = request.META.get("QUERY_STRING", "")
        # Where another address is only looked up (`addresses_as_passed_on`) nothing is kept.
        if may is None or asked is None or asked.key is not None:
            return None
        if query and query != may.written(request.GET):
            return None
        page = _page_for(request, asked, _key(request, query), may.scopes(kwargs))
        looked_into("pages", found=page is not None)
        return _given(page) if page else None


def _page_for(
    request: HttpRequest, asked: AskedPage, key: UUID, scopes: list[int]
) -> FoundPage | None:
    """The page kept under `key`, made by whoever asks for it just now; None where she is to make it, or to be made one."""
    now, known = timezone.now(), _tags(request)
    if (page := find(key, known=known, now=now)) and page.in_time:
        return page
    if request.method != "GET" or asked.path != request.path_info:
        return None
    if not _flights.begin(key):
        if page is None:
            _flights.wait(key)
            page = find(key, known=known, now=now)
        # Who makes it anew is at it: a second longer it may say "5 minutes ago".
        return page
    asked.key, asked.at = key, now
    asked.scopes, asked.moved = scopes, versions()
    asked.noted.stamp = version_of((PageScope.SITE, PageScope.LISTS), asked.moved)
    return None


class _Flights:
    """The pages this process is making: who asks for one of them meanwhile waits for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: dict[UUID, Event] = {}

    def begin(self, key: UUID) -> bool:
        """Whether nobody was making it."""
        with self._lock:
            return self._made.setdefault(key, event := Event()) is event

    def wait(self, key: UUID) -> None:
        if event := self._made.get(key):
            event.wait(PATIENCE)

    def land(self, key: UUID) -> None:
        with self._lock, suppress(KeyError):
            self._made.pop(key).set()


_flights = _Flights()
_turns = count(1)


def _is_a_visitors(request: HttpRequest) -> bool:
    """She comes without a session, and nothing waits to be told to her."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
    )


def _key(request: HttpRequest, query: str) -> UUID:
    """All that makes one page another. No page says by which of our names it was asked for, nor through which port."""
    shown = display(request)
    return key_of(
        request.path_info,
        query,
        get_language() or "",
        shown["theme"],
        shown["text"],
    )


def _tags(request: HttpRequest) -> list[str]:
    """Of the pages she has; each as if it were weak, as ours are."""
    found = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))[:TAGS]
    return [f"W/{tag}" if tag.startswith('"') else tag for tag in found]


def _given(page: FoundPage) -> GivenPage:
    response = GivenPage()
    response.page = page
    return response


def _is_for_everyone(response: HttpResponse) -> bool:
    """Is it a whole page, and nothing on it or with it one reader's own?"""
    control, vary = response.get("Cache-Control", ""), response.get("Vary", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Content-Encoding" not in response
        and response.get("Content-Type", "").startswith("text/html")
        and not any(each in control for each in _NOT_KEPT)
        and {each.strip().lower() for each in vary.split(",") if each.strip()} <= _VARY
        and len(response.content) <= LARGEST
    )


def _kept(request: HttpRequest, response: HttpResponse, asked: AskedPage) -> HttpResponse:
    """Keep the page, as of before anything of it was read; and answer with it."""
    assert asked.key is not None and asked.at is not None  # noqa: S101, PT018 - it is to be kept
    patch_vary_headers(response, ("Accept-Encoding",))
    response.headers.setdefault("Cache-Control", "no-cache")  # asked again, by its tag
    etag = f'W/"{blake2b(response.content, digest_size=8).hexdigest()}"'
    packed = pack(response.content)
    scopes = {*asked.scopes, *map(of_topic, asked.noted.topics)}
    headers = {
        name: value for name, value in response.headers.items() if name not in _OF_EACH_ANSWER
    }
    try:
        actions.keep(
            key=asked.key,
            scopes=sorted(map(int, scopes)),
            version=version_of(scopes, asked.moved),
            until=min(asked.noted.until, asked.at + LONGEST),
            made_at=asked.at,
            etag=etag,
            headers=json.dumps(headers),
            body=packed,
        )
        if next(_turns) % actions.SWEPT_EVERY == 0:
            actions.sweep(now=asked.at)
    except DatabaseError:
        logger.exception("A page could not be kept; its reader has it")
    known = _tags(request)
    return _dressed(request, response, etag, None if {etag, "*"} & {*known} else packed)


def _dressed(
    request: HttpRequest, response: HttpResponse, etag: str, packed: bytes | None
) -> HttpResponse:
    """With its tag, and the body as she can read it; without one where she has it."""
    response.headers["ETag"] = etag
    if packed is None:
        response.status_code = 304
        response.content = b""
        for name in ("Content-Type", "Content-Length"):
            response.headers.pop(name, None)
        return response
    coding = best_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""), "br", "gzip")
    response.content = repacked(packed, coding)
    if coding:
        response.headers["Content-Encoding"] = coding
    response.headers["Content-Length"] = str(len(response.content))
    return response
