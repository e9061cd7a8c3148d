"""How often somebody did what leaves no rows behind: counted in the table of the shared cache, in one statement.

Not by the cache itself, which reads, then writes: that needs a lock, and a transaction for the lock, with every form that
is sent. The row is the lock. It is of this table for what is forgotten there when its time is over.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import connection, transaction

from forums.base.constant_sql import select_newest

FORGOTTEN = 5_000  # in one go

_LATELY = (
    "ARRAY(SELECT at FROM unnest(kept.value::bigint[]) at WHERE at > %(first)s AND at < %(last)s)"
)
# Newest first; whole seconds, for some hundreds of them are kept of one who writes much. A rule is broken where the one
# that would be the last it has room for was after `since`.
_COUNT = f"""
    INSERT INTO {{table}} AS kept (cache_key, value, expires)
    VALUES (%(key)s, array_fill(%(now)s::bigint, ARRAY[%(more)s::int])::text, %(ends)s)
    ON CONFLICT (cache_key) DO UPDATE
        SET value = (EXCLUDED.value::bigint[] || {_LATELY})::text, expires = EXCLUDED.expires
        WHERE NOT EXISTS (SELECT FROM unnest(%(rooms)s::int[], %(sinces)s::float8[]) rule(room, since)
            WHERE ({_LATELY})[rule.room + 1] > rule.since)
    RETURNING 1
"""  # noqa: S608 - constants
_TIMES = f"SELECT {_LATELY} FROM {{table}} kept WHERE cache_key = %(key)s"  # noqa: S608 - constants
_FORGET = """
    DELETE FROM {table} WHERE cache_key IN
        (SELECT cache_key FROM {table} WHERE expires < %s ORDER BY expires LIMIT %s)
"""


def count(
    what: str,
    rules: Sequence[tuple[int, int]],
    *,
    now: datetime,
    ahead: timedelta,
    more: int = 1,
) -> list[datetime] | None:
    """Count `more` of what `what` names, unless that breaks one of the rules (how many, in how many seconds).

    Returns None when they are counted; else the times that stand in the way, the newest first. What lies further `ahead`
    of now counts for nothing. Each rule must have room for `more`.
    """
    longest = max(seconds for _count, seconds in rules)
    values = {
        "key": f"pace:{what}",
        "now": int(now.timestamp()),
        "more": more,
        "first": now.timestamp() - longest,
        "last": (now + ahead).timestamp(),
        "ends": now + timedelta(seconds=longest),
        "rooms": [most - more for most, _seconds in rules],
        "sinces": [now.timestamp() - seconds for _most, seconds in rules],
    }
    if select_newest(_of_table(_COUNT), **values):
        return None
    return [
        datetime.fromtimestamp(at, UTC)
        for (times,) in select_newest(_of_table(_TIMES), **values)
        for at in times
    ]


@transaction.atomic
def forget_tries(now: datetime) -> None:
    """Delete the next counts that count for nothing any more: allauth's name addresses of the net.

    The cache itself deletes what has expired only when it is full.
    """
    with connection.cursor() as cursor:
        cursor.execute(_of_table(_FORGET), [now, FORGOTTEN])


@cache
def _of_table(statement: str) -> str:
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    return statement.format(table=table)
