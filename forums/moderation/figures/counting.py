"""The figures: of each day, or week, of late. Nothing is counted that is older, or beyond the newest `MOST` rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import TOPIC_SHOWN, Topic
from forums.moderation.models import Act, Decision
from forums.moderation.queue.models import Case
from forums.text import dates

MOST = 20_000  # rows of one table that are looked at
_CASES = 2_000
DAYS = 28
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Series:
    """One figure over time: `values` belong to the days (or weeks) of the page, in order."""

    name: str
    label: Promise | str
    values: list[float]
    unit: str = ""

    @property
    def total(self) -> float:
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """What the start page shows."""

    days: list[date]  # on which each day, or week, begins
    by_week: bool
    series: list[Series]
    decided: list[tuple[str, int]]  # by kind, the most first
    took: float | None  # hours until something is decided, the middle


def figures(*, by_week: bool) -> DeskFigures:
    """Of the last four weeks by the day, or of twelve by the week."""
    days = _days(by_week=by_week)
    start = datetime.combine(days[0], time(), dates.BANGKOK)
    members = Member.objects.filter(created_at__gte=start, pending_since=None)
    topics = Topic.objects.filter(TOPIC_SHOWN.q(), created_at__gte=start)
    unanswered = topics.filter(reply_count=0)
    cases = Case.objects.filter(ended_at__gte=start, ended_by__isnull=False).order_by("-ended_at")
    ended = list(cases.values_list("opened_at", "ended_at")[:_CASES])
    hours = [(end - opened).total_seconds() / 3600 for opened, end in ended if end is not None]
    series = [
        Series("members", _("New members"), _spread(_by_day(members), days, by_week)),
        Series("posts", _("Texts written"), _spread(_by_day(_posts(start)), days, by_week)),
        Series("unanswered", _("Topics nobody has answered"), _spread(_by_day(unanswered), days, by_week)),
        Series("took", _("Hours until it is decided, the middle"), _middles(ended, days, by_week)),
    ]  # fmt: skip
    return DeskFigures(days, by_week, series, _decided(start), median(hours) if hours else None)


def _days(*, by_week: bool) -> list[date]:
    today = timezone.now().astimezone(dates.BANGKOK).date()
    if not by_week:
        return [today - timedelta(days=n) for n in reversed(range(DAYS))]
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=n) for n in reversed(range(WEEKS))]


def _newest(rows: QuerySet[Any]) -> QuerySet[Any]:
    """No more than `MOST` rows, the newest: what lies before is not counted."""
    bound = rows.model._default_manager.order_by("-pk").values_list("pk", flat=True)
    found = bound[MOST : MOST + 1].first()
    return rows if found is None else rows.filter(pk__gt=found)


def _posts(start: datetime) -> QuerySet[Any]:
    """Their table has no index by time alone: the newest are found by their numbers."""
    return Post.objects.shown().filter(created_at__gte=start)


def _by_day(rows: QuerySet[Any]) -> dict[date, int]:
    found = _newest(rows).annotate(day=TruncDate("created_at", tzinfo=dates.BANGKOK))
    return dict(found.order_by().values_list("day").annotate(count=Count("pk")))


def _spread(counts: Mapping[date, int], days: list[date], by_week: bool) -> list[float]:
    """The counts of single days as those of the page's days, or weeks."""
    of_each = dict.fromkeys(days, 0.0)
    for day, count in counts.items():
        begins = day - timedelta(days=day.weekday()) if by_week else day
        if begins in of_each:
            of_each[begins] += count
    return list(of_each.values())


def _middles(
    ended: list[tuple[datetime, datetime | None]], days: list[date], by_week: bool
) -> list[float]:
    of_each: dict[date, list[float]] = {day: [] for day in days}
    for opened, end in ended:
        if end is None:
            continue
        day = end.astimezone(dates.BANGKOK).date()
        begins = day - timedelta(days=day.weekday()) if by_week else day
        if begins in of_each:
            of_each[begins].append((end - opened).total_seconds() / 3600)
    return [round(median(hours), 1) if hours else 0.0 for hours in of_each.values()]


def _decided(start: datetime) -> list[tuple[str, int]]:
    found = _newest(Decision.objects.filter(created_at__gte=start)).order_by()
    counts = found.values_list("act").annotate(count=Count("pk"))
    named = [(str(Act(act).label), count) for act, count in counts if act in Act.values]
    return sorted(named, key=lambda each: -each[1])
