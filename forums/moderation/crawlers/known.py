"""What the list says of a User-Agent. Kept in each process for a minute, forgotten when the list changes."""

import re
import time
from threading import Lock
from typing import NamedTuple

from django.core.cache import caches
from django.db import DatabaseError

from forums.moderation.crawlers.models import Crawler

_KEY = "crawlers"
# Who reads in a browser says Mozilla and none of these: such a request costs a look at this pattern.
_SAYS_SO = re.compile(
    r"bot|crawl|spider|slurp|scrap|fetch|archiv|compatible;|externalagent|https?:", re.I
)


class Known(NamedTuple):
    """One line of the list."""

    sign: str
    treatment: str
    seconds: int


def listed() -> list[Known]:
    """The whole list, by name. Without a database nobody is known."""
    kept: list[Known] | None = caches["process"].get(_KEY)
    if kept is None:
        rows = Crawler.objects.values_list("sign", "treatment", "seconds").order_by("sign")
        kept = [Known(*row) for row in rows]
        caches["process"].set(_KEY, kept)
    return kept


def found_in(agent: str) -> Known | None:
    """What the list says of who calls himself so; the longest name that fits speaks."""
    if not agent or (agent.startswith("Mozilla/") and not _SAYS_SO.search(agent)):
        return None
    try:
        rows = listed()
    except DatabaseError:  # the page itself says that it is away
        return None
    said = agent[:500].lower()
    fitting = [row for row in rows if row.sign.lower() in said]
    return max(fitting, key=lambda row: len(row.sign), default=None)


class Turns:
    """When a slowed crawler may come again, in this process."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}
        self._lock = Lock()

    def wait(self, crawler: Known) -> int:
        """0: it is its turn, which is taken; else the seconds until then."""
        now = time.monotonic()
        with self._lock:
            if (left := self._next.get(crawler.sign, 0) - now) > 0:
                return int(left) + 1
            self._next[crawler.sign] = now + crawler.seconds
            return 0

    def clear(self) -> None:
        self._next.clear()


turns = Turns()
