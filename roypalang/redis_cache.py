"""Where several machines serve the site: what they share for a while is in Redis, and in the table while that is away.

Nothing is kept in Redis that would be missed: how often who tried what, and that something is to be forgotten. Pages ask
it for neither, so reading goes on without it; and a count that can be made nowhere would let a stranger try for ever, so it
is made in the table then.
"""

import logging
import time
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

from django.core.cache.backends.redis import RedisCache

from roypalang.breaker import Breaker
from roypalang.shared_cache import SharedCache, without_what_lies_ahead

logger = logging.getLogger(__name__)

PATIENCE = 0.2  # seconds for a connection, and for an answer: a page waits once
LEFT_ALONE = 5.0  # seconds; then one asks again, for all of this process
LOOKED_AT = 1.0  # seconds between two looks whether another machine forgot
_FORGOTTEN = "roypalang:forgotten"


def _patient() -> dict[str, Any]:
    """How a connection is made: none of the library's own patience, which is seconds."""
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return {
        "socket_connect_timeout": PATIENCE,
        "socket_timeout": PATIENCE,
        "retry": Retry(NoBackoff(), 0),
    }


class RedisLine:
    """Whether Redis at an address answers, as far as this process knows. Imported with the first: half a second."""

    def __init__(self) -> None:
        from redis.exceptions import RedisError

        self._error = RedisError
        self.breaker = Breaker(
            LEFT_ALONE,
            away=partial(
                logger.warning, "Redis is away (%s): what it counts is counted in the table"
            ),
            back=partial(logger.warning, "Redis is back"),
        )

    def ask(self, question: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
        """Its answer; or what `otherwise` says, while it is away."""
        if self.breaker.is_open():
            return otherwise()
        try:
            answer = question()
        except (self._error, OSError) as error:
            self.breaker.note(str(error).partition("\n")[0] or type(error).__name__)
            return otherwise()
        self.breaker.note("")
        return answer


@cache
def line(_url: str) -> RedisLine:
    """One for all threads of this process."""
    return RedisLine()


def _redis_first(name: str) -> Callable[..., Any]:
    def method(self: "RedisFirst", *args: Any, **said: Any) -> Any:
        here = getattr(super(RedisFirst, self), name)
        there = getattr(self.there, name)
        return self.line.ask(lambda: there(*args, **said), lambda: here(*args, **said))

    return method


class RedisFirst(SharedCache):
    """OPTIONS names the address: {"REDIS_URL": …}; LOCATION is the table, as of Django's cache in the database."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        url = params["OPTIONS"]["REDIS_URL"]
        self.line = line(url)
        self.there = RedisCache(url, {**params, "OPTIONS": _patient()})

    _found = _redis_first("get_many")
    set = _redis_first("set")
    add = _redis_first("add")
    touch = _redis_first("touch")
    has_key = _redis_first("has_key")
    delete = _redis_first("delete")

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        return without_what_lies_ahead(self._found(keys, version))

    def clear(self) -> None:
        self.line.ask(self.there.clear, lambda: None)
        super().clear()


class ForgottenElsewhere:
    """A number that moves when a process of any machine forgets (`roypalang.process_cache`); looked at once a second."""

    def __init__(self, url: str) -> None:
        from redis import Redis

        self._line, self._redis = line(url), Redis.from_url(url, **_patient())
        self._number: bytes | None = None
        self._looked_at = self.moved_at = float("-inf")

    def number(self) -> bytes | None:
        """As far as is known: while Redis is away, what it was."""
        if (now := time.monotonic()) - self._looked_at > LOOKED_AT:
            self._looked_at = now
            self._take(self._line.ask(lambda: self._redis.get(_FORGOTTEN), lambda: self._number))
        return self._number

    def move(self) -> bool:
        """Whether the other machines will know."""
        moved = self._line.ask(lambda: self._redis.incr(_FORGOTTEN), lambda: None)
        if moved is not None:
            self._take(str(moved).encode())
        return moved is not None

    def _take(self, number: bytes | None) -> None:
        if number != self._number:
            self._number, self.moved_at = number, time.monotonic()


@cache
def forgotten_elsewhere(url: str) -> ForgottenElsewhere:
    """One for all threads of this process."""
    return ForgottenElsewhere(url)


def why_away(url: str) -> str:
    """Why Redis does not answer, for whoever keeps the machine; '' where it does."""
    forgotten_elsewhere(url).number()
    return line(url).breaker.why
