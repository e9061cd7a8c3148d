"""Rows of activities, for lists and for other pages: home's side column, a network, a topic.

A row is a dict: pk, title, url, place (with the province), link ("online" is said, the link is not), first
and last (days), days, clock, weekday, going, capacity, open_to_all, cancelled, over, reported; with hosts:
`hosts`, each with name, url, colour, emblem.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.provinces import PROVINCE_NAMES
from forums.activities.models import (
    ACTIVITY_FOR_LIST,
    ActivityQuerySet,
    Open,
    activity_url,
)
from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import NETWORK_SHOWN, Network, network_url
from forums.text import calendar_words, dates

_COLUMNS = (
    "pk", "title", "slug", "starts_at", "ends_at", "place", "province", "link", "open_to", "capacity",
    "going_count", "waiting_count", "cancelled_at", "reported_at",
)  # fmt: skip
_SELECTED = ", ".join(f"a.{name}" for name in ("id", *_COLUMNS[1:]))
Row = dict[str, Any]


def rows(activities: ActivityQuerySet, *, now: datetime | None = None) -> list[Row]:
    """The rows of these activities (one query), without their hosts."""
    return _rows(activities.values_list(*_COLUMNS), now or timezone.now())


_HOSTS = f"""
    SELECT h.activity_id, n.name, n.slug, n.colour, n.emblem
    FROM forums_activityhost h JOIN forums_network n ON n.id = h.network_id
    WHERE h.activity_id = ANY(%(activities)s) AND h.confirmed_at IS NOT NULL AND {NETWORK_SHOWN.sql}
    ORDER BY h.position, h.id
"""  # noqa: S608 - made of constants


def with_hosts(found: list[Row]) -> list[Row]:
    """Put the networks that hold them into the rows (one query)."""
    hosts: dict[int, list[Row]] = {row["pk"]: [] for row in found}
    for pk, name, slug, colour, emblem in select(_HOSTS, activities=list(hosts)):
        hosts[pk].append(
            {
                "name": name,
                "slug": slug,
                "colour": colour,
                "emblem": emblem,
                "url": network_url(slug),
            }
        )
    for row in found:
        row["hosts"] = hosts[row["pk"]]
    return found


# What lasts is short (hosting.actions.LONGEST): the index on the start holds all that is on.
_COMING = f"""
    SELECT {_SELECTED} FROM forums_activity a
    WHERE a.starts_at > %(long_ago)s AND a.starts_at < %(soon)s AND a.ends_at > %(now)s
        AND a.cancelled_at IS NULL AND {ACTIVITY_FOR_LIST.sql}
    ORDER BY a.starts_at, a.id LIMIT %(limit)s
"""  # noqa: S608 - made of constants


def coming(member: Any, limit: int = 3) -> list[Row]:
    """What is on in the next seven days and `member` may know of, the soonest first. Two queries.

    What her networks hold goes before what others do.
    """
    now = timezone.now()
    coming = select(
        _COMING,
        now=now,
        soon=now + timedelta(days=7),
        long_ago=now - timedelta(days=32),
        limit=20 * limit,
        **reader(member),
    )
    found = with_hosts(_rows(coming, now))
    mine = {each.slug for each in roles_of(member).values()}
    first = sorted(found, key=lambda row: not any(host["slug"] in mine for host in row["hosts"]))
    return sorted(first[:limit], key=lambda row: (row["starts_at"], row["pk"]))


_HELD = f"""
    WITH held AS MATERIALIZED (
        SELECT {_SELECTED} FROM forums_activityhost h JOIN forums_activity a ON a.id = h.activity_id
        WHERE h.network_id = %(network)s AND h.confirmed_at IS NOT NULL
            AND {ACTIVITY_FOR_LIST.sql}
    )
    (SELECT * FROM held WHERE ends_at > %(now)s ORDER BY starts_at, id LIMIT %(limit)s)
    UNION ALL
    (SELECT * FROM held WHERE ends_at <= %(now)s AND (%(cancelled)s OR cancelled_at IS NULL)
     ORDER BY ends_at DESC, id DESC LIMIT %(limit)s)
"""  # noqa: S608 - made of constants


def held(
    network: Network, member: Any, *, limit: int, cancelled: bool
) -> tuple[list[Row], list[Row]]:
    """What a network holds, up to `limit` each: what comes, the soonest first, and the last that were. One query.

    With `cancelled`, those that were to be as well.
    """
    now = timezone.now()
    values = {"network": network.pk, "now": now, "limit": limit, "cancelled": cancelled}
    found = _rows(select(_HELD, **values, **reader(member)), now)
    return [row for row in found if not row["over"]], [row for row in found if row["over"]]


def of_network(network: Network, member: Any, limit: int = 5) -> list[Row]:
    """A few of what comes, then of the last that were. One query."""
    next_ones, last_ones = held(network, member, limit=limit, cancelled=False)
    room = max(limit - 2, limit - len(last_ones))  # two of those that were, if there are two
    next_ones = next_ones[:room]
    return next_ones + last_ones[: limit - len(next_ones)]


_GROWN = f"""
    SELECT {_SELECTED} FROM forums_activitytopic g JOIN forums_activity a ON a.id = g.activity_id
    WHERE g.topic_id = %(topic)s AND {ACTIVITY_FOR_LIST.sql}
    ORDER BY a.starts_at DESC, a.id DESC LIMIT %(limit)s
"""  # noqa: S608 - made of constants


def of_topic(topic: Any, member: Any, limit: int = 5) -> list[Row]:
    """What grew out of a topic, the newest first. One query (and her networks, if not asked yet)."""
    return _rows(select(_GROWN, topic=topic.pk, limit=limit, **reader(member)), timezone.now())


def _rows(found: Iterable[tuple[Any, ...]], now: datetime) -> list[Row]:
    return [_row(dict(zip(_COLUMNS, each, strict=True)), now) for each in found]


def place_of(place: str, province: str) -> str:
    """Where it is, in one line: the place, and the province unless its name stands there already."""
    name = str(PROVINCE_NAMES.get(province, ""))
    return " ".join(part for part in (place, name if name not in place else "") if part)


def _row(row: Row, now: datetime) -> Row:
    starts, ends = (
        row["starts_at"].astimezone(dates.BANGKOK),
        row["ends_at"].astimezone(dates.BANGKOK),
    )
    first, last = starts.date(), last_day(starts, ends)
    return row | {
        "url": activity_url(row["pk"], row["slug"]),
        "place": place_of(row["place"], row["province"]),
        "link": "",  # never in a list
        "online": bool(row["link"]),
        "first": first,
        "last": last,
        "iso": first.isoformat(),
        "days": calendar_words.days(first, last),
        "day": first.day,
        "weekday": calendar_words.weekday(first),
        "month": dates.month_name(first.month),
        "clock": dates.clock_there(starts),
        "going": row["going_count"],
        "open_to_all": row["open_to"] == Open.EVERYONE,
        "full": row["capacity"] is not None and row["going_count"] >= row["capacity"],
        "cancelled": row["cancelled_at"] is not None,
        "over": row["ends_at"] <= now,
        "reported": row["reported_at"] is not None,
    }


def last_day(starts: datetime, ends: datetime) -> Any:
    """The last day something takes place: what ends at midnight ends the day before."""
    return max(starts.date(), (ends - timedelta(microseconds=1)).date())
