"""How fast one member may do one thing: generous to the lively, too slow for a machine."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from forums.base.advisory_locks import Lock, hold
from forums.base.errors import TooFast

if TYPE_CHECKING:
    from accounts.models import Member

FORGOTTEN = 5_000  # in one go


def one_at_a_time(member: "Member") -> None:
    """Until this transaction ends, nothing else is written in `member`'s name.

    An advisory lock rather than her row: the row is read by everyone's
    foreign keys, and twenty copies of one form must queue, not run side by side.
    """
    hold(Lock.MEMBER_WRITES, member.pk)


def hold_pace(
    member: "Member",
    what: str,
    done: QuerySet[Any] | None = None,
    *,
    more: int = 1,
    error: type[TooFast] = TooFast,
    everyone: bool = False,
) -> None:
    """Raise `error` when `more` would be faster than FORUMS_PACE allows of `what`; moderators are only
    held where `everyone` is.

    `done` are the rows that came of it, each with its `created_at`: one query, and her lock must be
    held, so that parallel requests are counted. Where no rows are kept (a picture that takes another's
    place) leave it out: then the cache counts.
    """
    rules = settings.FORUMS_PACE.get(what, ())
    if not rules or (member.is_staff and not everyone):
        return
    now = timezone.now()
    since = now - timedelta(seconds=max(seconds for _count, seconds in rules))
    if done is not None:
        newest = done.filter(created_at__gt=since).order_by("-created_at")
        most = max(count for count, _seconds in rules)
        _hold(rules, list(newest.values_list("created_at", flat=True)[:most]), now, more, error)
        return
    with transaction.atomic():
        one_at_a_time(member)
        key = f"pace-{what}-{member.pk}"
        times = [time for time in cache.get(key, ()) if time > since]
        _hold(rules, times, now, more, error)
        cache.set(key, [now] * more + times, (now - since).total_seconds())


@transaction.atomic
def forget_tries(now: datetime) -> None:
    """Delete the next counts that count for nothing any more: allauth's name addresses of the net.

    The cache itself deletes what has expired only when it is full.
    """
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))  # type: ignore[index]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE cache_key IN "  # noqa: S608 - the name of our own table
            f"(SELECT cache_key FROM {table} WHERE expires < %s ORDER BY expires LIMIT %s)",
            [now, FORGOTTEN],
        )


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
