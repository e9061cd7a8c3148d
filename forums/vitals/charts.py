"""The week as charts: an hour a bar, drawn here as SVG; beside it the days as a table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.text import dates
from forums.vitals.models import VitalSpan

HOURS = 7 * 24
WIDTH, HEIGHT = 560, 120
_FOOT = 3  # a value that is not nothing is seen
_HOUR = timedelta(hours=1)

Spans = Sequence[VitalSpan]


class DayFigure(NamedTuple):
    """A row of a chart's table."""

    day: str
    value: str


@dataclass(frozen=True, slots=True)
class WeekChart:
    """A figure over the week: `path` are its bars; `most` (or least) its end, `days` its table."""

    label: str | Promise
    path: str
    most: str
    days: list[DayFigure]
    of_least: bool
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure: what it is of some spans, None where nothing is known; and whether its least value is what matters."""

    label: str | Promise
    of: Callable[[Spans], float | None]
    of_least: bool = False


def _sum(name: str) -> Callable[[Spans], float | None]:
    return lambda spans: sum(getattr(span, name) for span in spans) if spans else None


def _longest(name: str, seconds: int) -> Callable[[Spans], float | None]:
    """In units of so many seconds."""

    def of(spans: Spans) -> float | None:
        known = [value for span in spans if (value := getattr(span, name)) is not None]
        return max(known) / seconds if known else None

    return of


def _middling(spans: Spans) -> float | None:
    requests = sum(span.requests for span in spans)
    return sum(span.milliseconds for span in spans) / requests if requests else None


def _least_free(spans: Spans) -> float | None:
    return min((span.free for span in spans if span.free is not None), default=None)


_FIGURES = (
    _Told(_("Pages answered"), _sum("requests")),
    _Told(_("Milliseconds until a page was answered, on average"), _middling),
    _Told(_("Pages that took more than a second"), _sum("slow")),
    _Told(_("Pages that failed"), _sum("failed")),
    _Told(_("Minutes until a letter was sent, the longest"), _longest("letters", 60)),
    _Told(_("Minutes until members were told, the longest"), _longest("tellings", 60)),
    _Told(_("Hours that something waited for moderators, the longest"), _longest("cases", 3600)),
    _Told(_("Room on the fullest disk, percent"), _least_free, of_least=True),
)


def week(now: datetime) -> list[WeekChart]:
    """The charts of the seven days before; none where nothing was noted yet."""
    ends = now.replace(minute=0, second=0, microsecond=0) + _HOUR
    begins = ends - HOURS * _HOUR
    spans = list(VitalSpan.objects.filter(at__gte=begins, at__lt=ends).order_by("at"))
    if not spans:
        return []
    hours: list[list[VitalSpan]] = [[] for _hour in range(HOURS)]
    days: dict[date, list[VitalSpan]] = {}
    for span in spans:
        hours[(span.at - begins) // _HOUR].append(span)
        days.setdefault(span.at.astimezone(dates.BANGKOK).date(), []).append(span)
    return [_chart(told, hours, days) for told in _FIGURES]


def _chart(told: _Told, hours: Iterable[Spans], days: dict[date, list[VitalSpan]]) -> WeekChart:
    values = [told.of(spans) for spans in hours]
    known = [value for value in values if value is not None]
    end = (min if told.of_least else max)(known, default=0.0)
    return WeekChart(
        label=told.label,
        path=_bars(values, 100.0 if told.of_least else max(known, default=0.0)),
        most=_number(end),
        days=[DayFigure(dates.day_of(day), _number(told.of(spans))) for day, spans in days.items()],
        of_least=told.of_least,
    )


def _bars(values: Sequence[float | None], most: float) -> str:
    """All bars as one path; where nothing is known, or nothing happened, there is none."""
    step = WIDTH / len(values)
    drawn = []
    for number, value in enumerate(values):
        if value and most:
            height = max(_FOOT, value / most * HEIGHT)
            drawn.append(
                f"M{number * step:.1f} {HEIGHT}v-{height:.1f}h{step * 0.8:.1f}v{height:.1f}z"
            )
    return "".join(drawn)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")
