"""From which server what is read comes: the one that is written to, unless a page may be read from a replica of it.

Where there are replicas, `roypalang.replicas` says so for one request at a time (decision 086). Whatever writes, or reads
in a transaction, brings the rest of the request back to the server that is written to: nothing may be decided by rows of a
moment ago.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connection

_replica: ContextVar[str | None] = ContextVar("replica", default=None)


def reading_alias() -> str:
    """The connection to read by, as `connections` and `using()` know it."""
    chosen = _replica.get()
    if chosen is None:
        return DEFAULT_DB_ALIAS
    if connection.in_atomic_block:
        read_from(None)
        return DEFAULT_DB_ALIAS
    return chosen


def read_from(alias: str | None) -> None:
    """From now on, for the rest of what `reading_anew` began; None is the server that is written to."""
    _replica.set(alias)


def replica_read_from() -> str | None:
    """The replica that is read from now; None where none is."""
    return _replica.get()


@contextmanager
def reading_anew() -> Iterator[None]:
    """What is chosen in here ends with it."""
    token = _replica.set(None)
    try:
        yield
    finally:
        _replica.reset(token)
