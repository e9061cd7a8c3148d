"""Feeds (Atom): what everyone may read, for programs that look for news. The same for every reader.

No session is opened and no cookie read, so anyone may keep an answer; five minutes are soon enough.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date

type View = Callable[..., HttpResponseBase]

SIZE = 20  # entries of a feed
_KEPT = "public, max-age=300"
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)  # when a feed without entries was last changed


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `path` is its address on this site, `key` names it for ever."""

    key: str
    path: str
    title: str
    summary: str
    author: str
    published: datetime
    updated: datetime
    words: tuple[str, ...] = ()  # its board and tags


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """When the newest entry changed. Django would say *now* of an empty feed, each time anew."""
        return max((item["updateddate"] for item in self.items), default=_NEVER)


def feed(
    request: HttpRequest, *, title: str, path: str, about: str, entries: Iterable[Entry]
) -> HttpResponseBase:
    """The Atom feed of the page at `path`; 304 for who has it already."""
    made = _Feed(
        title=f"{title} · {settings.SITE_NAME}",
        link=settings.SITE_URL + path,
        description=about,
        language=settings.LANGUAGE_CODE,
        feed_url=settings.SITE_URL + request.path,
        subtitle=about or None,
        feed_guid=iri_to_uri(settings.SITE_URL + request.path),
    )
    for entry in entries:
        made.add_item(
            title=entry.title,
            link=settings.SITE_URL + entry.path,
            description=escape(entry.summary),  # Atom's summary is of type html
            author_name=entry.author,
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=f"tag:{settings.FORUMS_SITE_HOST.split(':')[0]},2026:{entry.key}",
            categories=entry.words,
        )
    body = made.writeString("utf-8").encode()
    return _answer(request, body, made.latest_post_date())


def _answer(request: HttpRequest, body: bytes, changed: datetime) -> HttpResponseBase:
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(
        request, etag=etag, last_modified=int(changed.timestamp())
    ) or HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed.timestamp())
    response["Cache-Control"] = _KEPT
    response["Content-Language"] = settings.LANGUAGE_CODE
    return response


def in_thai(view: View) -> View:
    """A feed has no reader who chose a language."""

    @wraps(view)
    def door(*args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(settings.LANGUAGE_CODE):
            return view(*args, **kwargs)

    return door
