"""The table of each day: what it is called, and which are too old."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import connection

TABLE = "forums_trafficentry"
AHEAD = 7  # days that have their table before they come


def day_of(moment: datetime) -> date:
    """Days are those of UTC, as the time is stored."""
    return moment.astimezone(UTC).date()


def ahead(now: datetime) -> list[date]:
    """Today and the days to come."""
    return [day_of(now) + timedelta(days=n) for n in range(AHEAD + 1)]


def table_of(day: date) -> str:
    return f"{TABLE}_{day:%Y%m%d}"


def begins(day: date) -> str:
    """As PostgreSQL reads it, whatever its time zone."""
    return f"{day.isoformat()} 00:00:00+00"


def past(now: datetime) -> list[str]:
    """Tables whose newest line may be forgotten: the day ended FORUMS_TRAFFIC_DAYS ago."""
    oldest = table_of(day_of(now - timedelta(days=settings.FORUMS_TRAFFIC_DAYS)))
    return [name for name in _there() if name < oldest]


def missing(days: Iterable[date]) -> list[date]:
    """Those that have no table yet."""
    there = set(_there())
    return [day for day in days if table_of(day) not in there]


def _there() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
            "WHERE i.inhparent = %s::regclass ORDER BY c.relname",
            [TABLE],
        )
        return [name for (name,) in cursor.fetchall()]
