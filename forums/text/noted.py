"""What a page notes of itself while it is made, where it may be kept: until when it is true, and what else it rests on.

Whoever says something that time alone will make false ("5 minutes ago", "is open") says so here; whoever shows
something of another topic names it. Where no page is noted both cost next to nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_BANGKOK = ZoneInfo("Asia/Bangkok")
_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Noted:
    """Of one page. `stamp` stands for all it may be made of."""

    stamp: object = None
    until: datetime = _EVER
    topics: set[int] = field(default_factory=set)


_NOTED: ContextVar[Noted | None] = ContextVar("noted", default=None)


@contextmanager
def noting(stamp: object) -> Iterator[Noted]:
    """What is made inside is noted."""
    noted = Noted(stamp)
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)


def noted_now() -> Noted | None:
    """The page that is made now and is to be kept, if there is one."""
    return _NOTED.get()


def true_until(moment: datetime) -> None:
    """From `moment` on what is said now is false."""
    noted = _NOTED.get()
    if noted is not None and moment < noted.until:
        noted.until = moment


def true_today(now: datetime) -> None:
    """The same, from the next midnight on."""
    if _NOTED.get() is not None:
        today = now.astimezone(_BANGKOK).replace(hour=0, minute=0, second=0, microsecond=0)
        true_until(today + timedelta(days=1))


def rests_on(topics: list[int]) -> None:
    """What is said now is of these topics, too."""
    noted = _NOTED.get()
    if noted is not None:
        noted.topics.update(topics)
