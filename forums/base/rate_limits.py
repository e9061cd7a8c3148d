"""How fast one member may do one thing, and one reader what costs much: generous to the lively, too slow for a
machine.

Every form a member sends counts as one of her "writes", whatever it is (`roypalang.middleware.PaceOfWriting`);
what costs more than most has a pace of its own beside it, which its action holds.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import wraps
from threading import Lock as ThreadLock
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from forums.base import counted
from forums.base.advisory_locks import Lock, hold
from forums.base.errors import AskedTooOften, TooFast
from forums.base.from_where import asked_from, house_of

if TYPE_CHECKING:
    from accounts.models import Member

# What lies further ahead was written while a clock was wrong: it holds nobody until it is past again.
AHEAD = timedelta(minutes=1)


def one_at_a_time(member: "Member") -> None:
    """Until this transaction ends, nothing else is written in `member`'s name.

    An advisory lock rather than her row: the row is read by everyone's
    foreign keys, and twenty copies of one form must queue, not run side by side.
    """
    hold(Lock.MEMBER_WRITES, member.pk)


def hold_pace(
    member: "Member",
    what: str,
    done: QuerySet[Any] | Sequence[datetime] | None = None,
    *,
    more: int = 1,
    error: type[TooFast] = TooFast,
    everyone: bool = False,
) -> None:
    """Raise `error` when `more` would be faster than FORUMS_PACE allows of `what`; moderators are only
    held where `everyone` is.

    `done` are the rows that came of it, each with its `created_at`: one query, and her lock must be
    held, so that parallel requests are counted; or these times, the newest first, of who has asked for
    what is `looked_at` along with something else. Where no rows are kept (a picture that takes another's
    place) leave it out: then they are counted, in one statement.
    """
    rules = settings.FORUMS_PACE.get(what, ())
    if not rules or (member.is_staff and not everyone):
        return
    now = timezone.now()
    if isinstance(done, QuerySet):
        span = looked_at(what, now)
        found = done.filter(created_at__gt=span["since"], created_at__lt=span["ahead"])
        times = found.order_by("-created_at").values_list("created_at", flat=True)
        done = list(times[: span["most"]])
    if done is not None:
        _hold(rules, done, now, more, error)
        return
    if connection.in_atomic_block:  # her lock comes before the count's, wherever both are held
        one_at_a_time(member)
    if any(count < more for count, _seconds in rules):
        _hold(rules, [], now, more, error)
    in_the_way = counted.count(f"{what}-{member.pk}", rules, now=now, ahead=AHEAD, more=more)
    if in_the_way is not None:
        _hold(rules, in_the_way, now, more, error)
        raise error(wait=1, count=rules[0][0])  # what stood in the way is gone just now


def looked_at(what: str, now: datetime) -> dict[str, Any]:
    """Of what somebody did, what its pace looks at: the newest `most` between `since` and `ahead`."""
    rules = settings.FORUMS_PACE.get(what, ())
    longest = max((seconds for _count, seconds in rules), default=0)
    most = max((count for count, _seconds in rules), default=0)
    return {"since": now - timedelta(seconds=longest), "ahead": now + AHEAD, "most": most}


def _hold(
    rules: Sequence[tuple[int, int]],
    times: Sequence[datetime],
    now: datetime,
    more: int,
    error: type[TooFast],
) -> None:
    """Raise `error` when `more` after these times, the newest first, breaks one of the rules."""
    for count, seconds in rules:
        room = count - more  # so many may have been done lately
        since = now - timedelta(seconds=seconds)
        if room < 0:
            raise error(wait=seconds, count=count)
        if len(times) > room and times[room] > since:
            raise error(wait=int((times[room] - since).total_seconds()) + 1, count=count)


# -- what costs, and leaves nothing behind ------------------------------------------------------------

_MINUTE = 60  # seconds


class _Counts:
    """How often who did what in this minute, in this process: exact enough for what is only to stay cheap,
    and it asks no database. What was counted is gone with its minute, so it cannot fill the memory."""

    def __init__(self) -> None:
        self._minute, self._done, self._turn = 0, Counter[tuple[str, str]](), ThreadLock()

    def add(self, what: str, who: str) -> tuple[int, int]:
        """Count one; returns how many there are now, and how many seconds the minute still has."""
        minute, second = divmod(int(time.monotonic()), _MINUTE)
        with self._turn:
            if minute != self._minute:
                self.clear()
                self._minute = minute
            self._done[what, who] += 1
            return self._done[what, who], _MINUTE - second

    def clear(self) -> None:
        self._done.clear()


counts = _Counts()


def hold_light_pace(
    request: HttpRequest,
    what: str,
    *,
    by_address: bool = False,
    error: type[TooFast] = AskedTooOften,
) -> None:
    """Raise `error` when this reader asks more often in a minute than FORUMS_LIGHT_PACE allows of `what`.

    A member is counted by herself, a visitor by her address, behind which a whole village may stand; with
    `by_address` everyone is: then who she is need not be looked up.
    """
    if what not in settings.FORUMS_LIGHT_PACE:
        return
    of_member, of_address = settings.FORUMS_LIGHT_PACE[what]
    if by_address or not request.user.is_authenticated:
        most, who = of_address, house_of(asked_from(request))
    else:
        most, who = of_member, str(request.user.pk)
    done, left = counts.add(what, who)
    if done > most:
        raise error(wait=left, count=most)


def light_pace[**P](
    what: str, *, by_address: bool = False
) -> Callable[[Callable[P, HttpResponseBase]], Callable[P, HttpResponseBase]]:
    """A view that costs much and keeps nothing: held by `hold_light_pace`, and no write, though it be a POST."""

    def paced(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def door(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request = args[0]
            assert isinstance(request, HttpRequest)  # noqa: S101 - the first of a view's arguments
            hold_light_pace(request, what, by_address=by_address)
            return view(*args, **kwargs)

        door.has_light_pace = True  # type: ignore[attr-defined]
        return door

    return paced
