"""Lists of activities: what comes, what was, and a month. Reads only; pages are keysets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404
from django.utils import timezone

from forums.activities.models import Activity, ActivityQuerySet
from forums.activities.rows import LASTS, ActivityRow, held, rows, with_hosts
from forums.base.keyset import MOMENT, NUMBER, Keyset, Page, kept
from forums.groups.networks.models import Network
from forums.text import calendar_words, dates

SIZE = 20
MOST_IN_A_MONTH = 300
SHOWN_A_DAY = 4
_COMING = Keyset({"starts_at": MOMENT, "pk": NUMBER})
_PAST = Keyset({"ends_at": MOMENT, "pk": NUMBER}, falling=True)


def to_come(activities: ActivityQuerySet, query: Any, *, keep: str = "") -> Page[ActivityRow]:
    """What is not over yet, the soonest first. Two queries, like the others here."""
    since = timezone.now()
    day = query.get("from")
    if day:
        since = max(since, _midnight(_day(day)))
    found = activities.filter(ends_at__gt=since, starts_at__gt=since - LASTS)
    return _page(_COMING, found, query, keep)


def been(activities: ActivityQuerySet, query: Any, *, keep: str = "") -> Page[ActivityRow]:
    """What is over, the latest first."""
    found = activities.filter(ends_at__lte=timezone.now())
    return _page(_PAST, found, query, keep)


def _page(order: Keyset, found: ActivityQuerySet, query: Any, keep: str) -> Page[ActivityRow]:
    page = order.page(found, query, size=SIZE, read=rows, keep=keep)
    with_hosts(page.rows)
    return page


def first_pages(network: Network, member: Any) -> tuple[Page[ActivityRow], Page[ActivityRow]]:
    """The first page of what comes and of what was, of what a network holds. Two queries."""
    coming, past = held(network, member, limit=SIZE + 1, cancelled=True)
    with_hosts(coming[:SIZE] + past[:SIZE])
    return (
        _COMING.page_of(coming, None, size=SIZE),
        _PAST.page_of(past, None, size=SIZE, keep=kept(view="past")),
    )


@dataclass(slots=True)
class CalendarDay:
    date: date
    inside: bool  # of the month itself, not of its neighbours
    today: bool
    name: str
    rows: list[ActivityRow] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month as it hangs on a wall: weeks from Sunday to Saturday, each day with what is on."""

    name: str
    weeks: list[list[CalendarDay]]
    weekdays: list[tuple[str, str]]
    before: str
    after: str
    is_this: bool
    is_empty: bool
    is_cut: bool


def month(activities: ActivityQuerySet, asked: str, *, now: datetime | None = None) -> Month:
    """The month `asked` ("2026-12"; "": this one). Two queries. Raises Http404 for what is no month."""
    now = now or timezone.now()
    today = now.astimezone(dates.BANGKOK).date()
    first = _day(f"{asked}-01") if asked else today.replace(day=1)
    next_one = (first + timedelta(days=31)).replace(day=1)
    start = first - timedelta(days=first.isoweekday() % 7)
    weeks = -(-(next_one - start).days // 7)
    end = start + timedelta(days=7 * weeks)
    on = activities.filter(
        starts_at__lt=_midnight(end),
        ends_at__gt=_midnight(start),
        starts_at__gt=_midnight(start) - LASTS,
    )
    found = rows(on.order_by("starts_at", "pk")[: MOST_IN_A_MONTH + 1], now=now)
    shown = with_hosts(found[:MOST_IN_A_MONTH])
    days = [
        CalendarDay(day, day.month == first.month, day == today, _name(day))
        for day in (start + timedelta(days=n) for n in range(7 * weeks))
    ]
    for row in shown:
        for n in range(
            max(0, (row.first - start).days), min(7 * weeks, (row.last - start).days + 1)
        ):
            days[n].rows.append(row)
    for day in days:
        day.more = max(0, len(day.rows) - SHOWN_A_DAY)
        del day.rows[SHOWN_A_DAY:]
    return Month(
        name=calendar_words.month(first),
        weeks=[days[n : n + 7] for n in range(0, len(days), 7)],
        weekdays=calendar_words.weekdays(),
        before=f"{first - timedelta(days=1):%Y-%m}",
        after=f"{next_one:%Y-%m}",
        is_this=first == today.replace(day=1),
        is_empty=not any(day.rows for day in days if day.inside),
        is_cut=len(found) > MOST_IN_A_MONTH,
    )


def _name(day: date) -> str:
    return f"{calendar_words.weekday(day)} {day.day} {dates.month_name(day.month)}"


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
        if not 1950 <= day.year <= 2150:
            raise ValueError
    except ValueError as error:
        raise Http404 from error
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=dates.BANGKOK)


def seen_by(member: Any, *, network: int | None = None, province: str = "") -> ActivityQuerySet:
    """The activities a list for `member` draws from: what moderators have hidden stands in none."""
    found = Activity.objects.for_list(member)
    if network is not None:
        found = found.held_by([network])
    return found.filter(province=province) if province else found


LISTS: dict[str, Callable[..., Page[ActivityRow]]] = {"": to_come, "past": been}
