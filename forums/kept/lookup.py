"""Which page is kept under a key and whether it is true; and how far everything has moved. Reads only."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from forums.base.constant_sql import select_newest

_FIND = """
    SELECT k.version = (
            SELECT coalesce(sum(v.n), 0) FROM forums_pageversion v WHERE v.scope = ANY (k.scopes)
        ), k.until > %(now)s, k.etag, k.headers::text,
        CASE WHEN k.etag = ANY (string_to_array(%(known)s, ' ')) OR %(known)s = '*' THEN NULL ELSE k.body END
    FROM forums_keptpage k WHERE k.key = %(key)s
"""


class FoundPage(NamedTuple):
    """A page whose versions are those of now. `body` is None where its reader has it already."""

    in_time: bool
    etag: str
    headers: str  # JSON
    body: bytes | None


def find(key: UUID, *, known: Sequence[str], now: datetime) -> FoundPage | None:
    """The page kept under `key`, unless something it shows was written since: one statement, so at one moment.

    `known` are the tags its reader has; "*" is any. They are sent as one text: psycopg looks through each of a list.
    """
    rows = select_newest(_FIND, key=key, known=" ".join(known), now=now)
    if not rows or not rows[0][0]:
        return None
    return FoundPage(*rows[0][1:])


_VERSIONS = "SELECT scope, sum(n)::bigint FROM forums_pageversion GROUP BY scope"


def versions() -> dict[int, int]:
    """How often each scope was moved. Asked before a page asks anything: so it is never newer than what the page reads."""
    return dict(select_newest(_VERSIONS))


def version_of(scopes: Iterable[int], moved: Mapping[int, int]) -> int:
    """Of all these together. It only grows, so that the same again means that none was moved."""
    return sum(moved.get(scope, 0) for scope in scopes)


def key_of(*parts: str) -> UUID:
    """A short name for all that makes one page another, however long that is."""
    return UUID(bytes=hashlib.sha256("\0".join((build(), *parts)).encode()).digest()[:16])


@cache
def build() -> str:
    """Stands for the code, the templates, the words and the settings this process was started with, so asked first then."""
    seen = hashlib.sha256()
    for folder in ("accounts", "forums", "roypalang", "templates", "locale", "static/css"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".mo", ".txt", ".css"):
                stat = path.stat()
                seen.update(f"{path}{stat.st_mtime_ns}{stat.st_size}".encode())
    seen.update(f"{settings.SITE_URL}{settings.CONTACT_EMAIL}{settings.DEBUG}".encode())
    return seen.hexdigest()
