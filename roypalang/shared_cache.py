"""What all processes of the site share for a while: how often who tried what. A table, as Django keeps it."""

import base64
import pickle
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from random import randrange
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

_KEEP = """
    INSERT INTO {table} AS kept (cache_key, value, expires) VALUES (%s, %s, %s)
    ON CONFLICT (cache_key) DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires
"""
_UNLESS_THERE = " WHERE kept.expires < now()"
_TRIES = "allauth:rl:"  # the moments of somebody's tries, as allauth counts them
_AHEAD = 60  # seconds


def without_what_lies_ahead(found: dict[str, Any]) -> dict[str, Any]:
    """What was found, without tries noted while a clock was wrong: allauth would count them until their hour has come."""
    latest = time.time() + _AHEAD
    tries = {
        key: [at for at in kept if at <= latest]
        for key, kept in found.items()
        if key.startswith(_TRIES) and isinstance(kept, list)
    }
    return found | tries


class SharedCache(DatabaseCache):
    """Django's, but that to keep something is one statement. Django's takes five, and the first counts the whole table,
    with every form that is sent; here one in a hundred does, which is enough to drop what is too much."""

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """Of one as well: Django's `get` asks so."""
        return without_what_lies_ahead(super().get_many(keys, version))

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        if mode == "touch" or timeout is None or not randrange(100):  # noqa: S311 - no secret
            return bool(super()._base_set(mode, key, value, timeout))  # type: ignore[misc]
        ends = self.get_backend_timeout(timeout)
        kept = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode()
        table = connection.ops.quote_name(self._table)  # type: ignore[attr-defined]
        statement = _KEEP.format(table=table) + (_UNLESS_THERE if mode == "add" else "")
        with connection.cursor() as cursor:
            cursor.execute(statement, [key, kept, datetime.fromtimestamp(int(ends or 0), UTC)])
            return bool(cursor.rowcount)
