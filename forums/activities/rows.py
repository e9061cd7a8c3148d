"""Rows of activities, for lists and for other pages: home's side column, a network, a topic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.provinces import PROVINCE_NAMES
from forums.activities.cards import card
from forums.activities.models import (
    ACTIVITY_FOR_LIST,
    ActivityQuerySet,
    Open,
    activity_url,
)
from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import NETWORK_SHOWN, Network
from forums.groups.networks.references import NetworkRef
from forums.text import calendar_words, dates
from forums.text.noted import true_until

_COLUMNS = (
    "pk", "title", "slug", "starts_at", "ends_at", "place", "province", "link", "open_to", "capacity",
    "going_count", "cancelled_at", "reported_at",
)  # fmt: skip
_ENDS = _COLUMNS.index("ends_at")
_SELECTED = ", ".join(f"a.{name}" for name in ("id", *_COLUMNS[1:]))
# Longer than anything lasts (hosting.actions.LONGEST): what is on began since, so that a list reads the index on
# the start from there, not from the first activity there ever was.
LASTS = timedelta(days=32)


@dataclass(slots=True)
class ActivityRow:
    """An activity as lists show it. That it is online is said; where, is for those who answer that they come."""

    pk: int
    title: str
    url: str
    starts_at: datetime  # in Bangkok, as the page says it
    ends_at: datetime
    first: date
    last: date
    place: str  # with the province
    online: bool
    going: int
    full: bool
    open_to_all: bool
    cancelled: bool
    over: bool
    reported: bool
    hosts: Sequence[NetworkRef] = ()  # those who agreed, once `with_hosts` has asked

    @property
    def past(self) -> bool:
        """Nobody can come any more."""
        return self.over or self.cancelled

    @property
    def classes(self) -> str:
        """For the style sheet: the colour of who holds it, and whether it is past."""
        colour = f"c-{self.hosts[0].colour}" if self.hosts else ""
        return f"{colour} past" if self.past else colour

    @property
    def where(self) -> str:
        """The place, or that there is none because it is online."""
        return self.place or (_("Online") if self.online else "")

    @property
    def remark(self) -> str:
        """What matters most of it in a word or two: that it is off, that it was told of, or where it is."""
        if self.cancelled:
            return _("Cancelled")
        return _("read the report") if self.reported else self.place

    @property
    def card(self) -> SafeString:
        """As lists show it."""
        return card(self, self.hosts)

    @property
    def card_of_network(self) -> SafeString:
        """On the page of a network that holds it: by whom, only where it is not alone."""
        return card(self, self.hosts if len(self.hosts) > 1 else ())

    @property
    def iso(self) -> str:
        return self.first.isoformat()

    @property
    def days(self) -> str:
        """18–19 ธ.ค. 2569."""
        return calendar_words.days(self.first, self.last)

    @property
    def weekday(self) -> str:
        return calendar_words.weekday(self.first)

    @property
    def day(self) -> int:
        return self.first.day

    @property
    def month(self) -> str:
        return dates.month_name(self.first.month)

    @property
    def clock(self) -> str:
        return dates.clock_there(self.starts_at)


def rows(activities: ActivityQuerySet, *, now: datetime | None = None) -> list[ActivityRow]:
    """The rows of these activities (one query), without their hosts."""
    return _rows(activities.values_list(*_COLUMNS), now or timezone.now())


_HOSTS = f"""
    SELECT h.activity_id, n.name, n.slug, n.colour, n.emblem
    FROM forums_activityhost h JOIN forums_network n ON n.id = h.network_id
    WHERE h.activity_id = ANY(%(activities)s) AND h.confirmed_at IS NOT NULL AND {NETWORK_SHOWN.sql}
    ORDER BY h.position, h.id
"""  # noqa: S608 - made of constants


def with_hosts(found: list[ActivityRow]) -> list[ActivityRow]:
    """Put the networks that hold them into the rows (one query, if there are any)."""
    if not found:
        return found
    hosts: dict[int, list[NetworkRef]] = {row.pk: [] for row in found}
    for pk, name, slug, colour, emblem in select(_HOSTS, activities=list(hosts)):
        hosts[pk].append(NetworkRef.of(name, slug, colour, emblem))
    for row in found:
        row.hosts = hosts[row.pk]
    return found


_COMING = f"""
    SELECT {_SELECTED} FROM forums_activity a
    WHERE a.starts_at > %(long_ago)s AND a.starts_at < %(soon)s AND a.ends_at > %(now)s
        AND a.cancelled_at IS NULL AND {ACTIVITY_FOR_LIST.sql}
    ORDER BY a.starts_at, a.id LIMIT %(limit)s
"""  # noqa: S608 - made of constants


def coming(member: Any, limit: int = 3) -> list[ActivityRow]:
    """What is on in the next seven days and `member` may know of, the soonest first. Two queries.

    What her networks hold goes before what others do.
    """
    now = timezone.now()
    # In whole hours, so that the list changes with the clock no more often.
    next_hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    true_until(next_hour)
    mine = {each.url for each in roles_of(member).values()}
    coming = select(
        _COMING,
        now=now,
        soon=next_hour + timedelta(days=7),
        long_ago=now - LASTS,
        limit=20 * limit if mine else limit,
        **reader(member),
    )
    found = with_hosts(_rows(coming, now))
    first = sorted(found, key=lambda row: not any(host.url in mine for host in row.hosts))
    return sorted(first[:limit], key=lambda row: (row.starts_at, row.pk))


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
) -> tuple[list[ActivityRow], list[ActivityRow]]:
    """What a network holds, up to `limit` each: what comes, the soonest first, and the last that were. One query.

    With `cancelled`, those that were to be as well.
    """
    now = timezone.now()
    next_ones, last_ones = _held(network, member, now, limit=limit, cancelled=cancelled)
    return _rows(next_ones, now), _rows(last_ones, now)


def _held(
    network: Network, member: Any, now: datetime, *, limit: int, cancelled: bool
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    values = {"network": network.pk, "now": now, "limit": limit, "cancelled": cancelled}
    found = select(_HELD, **values, **reader(member))
    next_ones = [columns for columns in found if columns[_ENDS] > now]
    return next_ones, [columns for columns in found if columns[_ENDS] <= now]


def of_network(network: Network, member: Any, limit: int = 5) -> list[ActivityRow]:
    """A few of what comes, then of the last that were. One query."""
    now = timezone.now()
    next_ones, last_ones = _held(network, member, now, limit=limit, cancelled=False)
    # Also of one that is not shown: when it is over, it is the last that was.
    for columns in next_ones:
        true_until(columns[_ENDS])
    room = max(limit - 2, limit - len(last_ones))  # two of those that were, if there are two
    next_ones = next_ones[:room]
    return _rows(next_ones + last_ones[: limit - len(next_ones)], now)


_GROWN = f"""
    SELECT {_SELECTED} FROM forums_activitytopic g JOIN forums_activity a ON a.id = g.activity_id
    WHERE g.topic_id = %(topic)s AND {ACTIVITY_FOR_LIST.sql}
    ORDER BY a.starts_at DESC, a.id DESC LIMIT %(limit)s
"""  # noqa: S608 - made of constants


def of_topic(topic: Any, member: Any, limit: int = 5) -> list[ActivityRow]:
    """What grew out of a topic, the newest first. One query (and her networks, if not asked yet)."""
    return _rows(select(_GROWN, topic=topic.pk, limit=limit, **reader(member)), timezone.now())


def _rows(found: Iterable[tuple[Any, ...]], now: datetime) -> list[ActivityRow]:
    return [_row(now, *columns) for columns in found]


def _row(
    now: datetime,
    pk: int,
    title: str,
    slug: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    province: str,
    link: str,
    open_to: str,
    capacity: int | None,
    going: int,
    cancelled_at: datetime | None,
    reported_at: datetime | None,
) -> ActivityRow:
    starts, ends = starts_at.astimezone(dates.BANGKOK), ends_at.astimezone(dates.BANGKOK)
    if ends > now:
        true_until(ends)
    return ActivityRow(
        pk=pk,
        title=title,
        url=activity_url(pk, slug),
        starts_at=starts,
        ends_at=ends,
        first=starts.date(),
        last=last_day(starts, ends),
        place=place_of(place, province),
        online=bool(link),
        going=going,
        full=capacity is not None and going >= capacity,
        open_to_all=open_to == Open.EVERYONE,
        cancelled=cancelled_at is not None,
        over=ends <= now,
        reported=reported_at is not None,
    )


def place_of(place: str, province: str) -> str:
    """Where it is, in one line: the place, and the province unless its name stands there already."""
    name = PROVINCE_NAMES.get(province, "")
    return " ".join(part for part in (place, name if name not in place else "") if part)


def last_day(starts: datetime, ends: datetime) -> date:
    """The last day something takes place: what ends at midnight ends the day before."""
    return max(starts.date(), (ends - timedelta(microseconds=1)).date())
