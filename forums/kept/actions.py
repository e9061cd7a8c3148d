"""What keeps a page."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from forums.base.constant_sql import select, write_each
from forums.kept.models import KeptPage

MOST = 10_000  # pages, some 15 kB each; a few more stand there between two sweeps
SWEPT_EVERY = 200  # pages kept

_KEEP = """
    INSERT INTO forums_keptpage AS k (key, scopes, version, until, made_at, etag, headers, body)
    VALUES (%(key)s, %(scopes)s, %(version)s, %(until)s, %(made_at)s, %(etag)s, %(headers)s::jsonb, %(body)s)
    ON CONFLICT (key) DO UPDATE SET scopes = EXCLUDED.scopes, version = EXCLUDED.version, until = EXCLUDED.until,
        made_at = EXCLUDED.made_at, etag = EXCLUDED.etag, headers = EXCLUDED.headers, body = EXCLUDED.body
"""
_FIRST_TO_STAY = """
    SELECT min(made_at) FROM (SELECT made_at FROM forums_keptpage ORDER BY made_at DESC LIMIT %(most)s) k
"""


@transaction.atomic
def keep(
    *,
    key: UUID,
    scopes: Sequence[int],
    version: int,
    until: datetime,
    made_at: datetime,
    etag: str,
    headers: str,
    body: bytes,
) -> None:
    """Keep a page as it was when its `scopes` had moved `version` times; `headers` is JSON, `body` compressed."""
    values = {
        "key": key,
        "scopes": list(scopes),
        "version": version,
        "until": until,
        "made_at": made_at,
        "etag": etag,
        "headers": headers,
        "body": body,
    }
    write_each(_KEEP, [values])


@transaction.atomic
def sweep(*, now: datetime, most: int = MOST) -> int:
    """Take out what is no longer true by the clock, and the oldest beyond `most`; returns how many."""
    gone: int = KeptPage.objects.filter(until__lte=now).delete()[0]
    if (first := select(_FIRST_TO_STAY, most=most)[0][0]) is not None:
        gone += KeptPage.objects.filter(made_at__lt=first).delete()[0]
    return gone
