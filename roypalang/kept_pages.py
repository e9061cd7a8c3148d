"""Visitors' pages from what is kept (`forums.kept`): given while they are true, and kept when they were made.

Two middlewares. `GivePages` stands where a request was looked at and its language is known, and before anybody asks who
reads: what is kept is nobody's. It says which page it was, so that whoever counts or notes sees no difference.
`KeepPages` stands outside of languages and cookies, where a page is as its reader gets it but for its compression.
"""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import count
from threading import Event, Lock
from uuid import UUID

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, get_urlconf, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from accounts.display import display
from forums.kept import actions
from forums.kept.lookup import FoundPage, build, find, key_of, version_of, versions
from forums.kept.marking import MayBeKept
from forums.kept.models import PageScope, of_topic
from forums.moderation.crawlers.limits import too_often
from forums.text.noted import Noted, noting
from roypalang.compression import best_coding, pack, repacked
from roypalang.measuring import looked_into

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]

LONGEST = timedelta(minutes=10)  # whatever forgets to say until when it is true is wrong no longer
LARGEST = 1_000_000  # bytes of a page that is kept
PATIENCE = 1.0  # seconds a reader waits for who makes the same page
TAGS = 10  # that a reader says she has
# Addresses of which a process knows where they lead: some 2 MB, 5 where somebody invents long ones. None of ours is longer.
KNOWN, LONGEST_PATH = 2_000, 200
_VARY = {"accept-encoding", "accept-language", "cookie"}
_NOT_KEPT = ("no-store", "private")
_OF_EACH_ANSWER = ("Content-Length", "Content-Encoding", "ETag", "Date")


@dataclass(slots=True)
class MadePage:
    """A page that is made to be kept: what it rests on, how far all had moved before it was begun, what it notes of itself."""

    key: UUID
    scopes: list[int]
    at: datetime
    moved: dict[int, int] = field(default_factory=dict)
    noted: Noted = field(default_factory=Noted)


def made_for(request: HttpRequest) -> MadePage | None:
    """The page that is made for her, and kept; None where it is hers alone, or was kept."""
    return getattr(request, "_made_page", None)


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
        try:
            response = self.get_response(request)
            if isinstance(response, GivenPage):
                page = response.page
                for name, value in json.loads(page.headers).items():
                    response.headers[name] = value
                return _dressed(request, response, page.etag, page.body)
            made = made_for(request)
            return (
                _kept(request, response, made) if made and _is_for_everyone(response) else response
            )
        finally:
            if made := made_for(request):
                _flights.land(made.key)


class GivePages:
    """Answers with what is kept, if it is true; else lets it be made, once for a crowd."""

    def __init__(self, get_response: Handler) -> None:
        if not settings.FORUMS_KEPT_PAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_a_visitors(request) or (scopes := _scopes(request)) is None:
            return self.get_response(request)
        if refused := too_often(request):
            return refused
        page = _page_for(request, scopes)
        looked_into("pages", found=page is not None)
        if page:
            return _given(page)
        if (made := made_for(request)) is None:
            return self.get_response(request)
        made.moved = versions()
        with noting(version_of((PageScope.SITE, PageScope.LISTS), made.moved)) as made.noted:
            return self.get_response(request)


def _is_a_visitors(request: HttpRequest) -> bool:
    """She comes without a session, and nothing waits to be told to her; nor by an address with something before ours, which
    all links of the page would begin with."""
    return (
        request.method in ("GET", "HEAD")
        and request.path == request.path_info
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
    )


def _scopes(request: HttpRequest) -> list[int] | None:
    """What the page rests on that is asked for; None where it is none that is kept, or its address is not as we write it."""
    path = request.path_info
    found = _leads_to(get_urlconf(), path) if len(path) <= LONGEST_PATH else None
    may: MayBeKept | None = getattr(found.func, "kept", None) if found else None
    query = request.META.get("QUERY_STRING", "")
    if found is None or may is None or (query and query != may.written(request.GET)):
        return None
    request.resolver_match = found
    return may.scopes(found.kwargs)


@lru_cache(maxsize=KNOWN)
def _leads_to(urlconf: str | None, path: str) -> ResolverMatch | None:
    """What Django finds by comparing an address with a hundred others, which takes as long as all else that is done here."""
    try:
        found = resolve(path, urlconf)
    except Resolver404:
        return None
    found.tried = None  # the hundred others, five times the size of all else
    return found


def _page_for(request: HttpRequest, scopes: list[int]) -> FoundPage | None:
    """The page that is kept, made by whoever asks for it just now; None where she is made one, of her own or for all."""
    now, key, known = timezone.now(), _key(request), _tags(request)
    if (page := find(key, known=known, now=now)) and page.in_time:
        return page
    if request.method != "GET":
        return None
    if _flights.begin(key):
        request._made_page = MadePage(key, scopes, now)  # type: ignore[attr-defined]
        return None
    if page is None:
        _flights.wait(key)
        page = find(key, known=known, now=now)
    # Who makes it anew is at it: a second longer it may say "5 minutes ago".
    return page


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


def _key(request: HttpRequest) -> UUID:
    """All that makes one page another. No page says by which of our names it was asked for, nor through which port."""
    shown = display(request)
    return key_of(
        request.path_info,
        request.META.get("QUERY_STRING", ""),
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


def _kept(request: HttpRequest, response: HttpResponse, made: MadePage) -> HttpResponse:
    """Keep the page, as of before anything of it was read; and answer with it."""
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    response.headers.setdefault("Cache-Control", "no-cache")  # asked again, by its tag
    etag = f'W/"{blake2b(response.content, digest_size=8).hexdigest()}"'
    packed = pack(response.content)
    scopes = {*made.scopes, *map(of_topic, made.noted.topics)}
    headers = {
        name: value for name, value in response.headers.items() if name not in _OF_EACH_ANSWER
    }
    try:
        actions.keep(
            key=made.key,
            scopes=sorted(map(int, scopes)),
            version=version_of(scopes, made.moved),
            until=min(made.noted.until, made.at + LONGEST),
            made_at=made.at,
            etag=etag,
            headers=json.dumps(headers),
            body=packed,
        )
        if next(_turns) % actions.SWEPT_EVERY == 0:
            actions.sweep(now=made.at)
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
