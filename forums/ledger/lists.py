"""A network's money as pages show it: lines, the totals of the years with their drawing, the history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear
from django.http import Http404
from django.utils.translation import gettext

from forums.groups.networks.models import Network
from forums.ledger.csv_files import TITLES
from forums.ledger.models import Flow, Line, LineChange
from forums.pictures.models import Attachment
from forums.text import dates

SIZE = 30


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the query strings of the neighbouring pages ('' where there is none)."""

    rows: list[dict[str, Any]]
    newer: str
    older: str
    is_first: bool


def baht(amount: Decimal) -> str:
    """1,234.50; a minus is one a reader cannot take for a dash."""
    return f"{amount:,.2f}".replace("-", "−")


def day(when: date) -> str:
    """22 พ.ย. 2569."""
    return dates.day_of(when)


def year_label(year: int) -> str:
    """2569 (in English: 2026)."""
    return str(dates.year(year))


# -- Lines --------------------------------------------------------------------------------------


def lines_of(network: Network, year: int | None = None) -> QuerySet[Line]:
    """What stands in the ledger, of one year or of all."""
    lines = Line.objects.shown().filter(network=network)
    if year is not None:
        lines = lines.filter(date__gte=date(year, 1, 1), date__lte=date(year, 12, 31))
    return lines


def asked_year(query: Any) -> int | None:
    """The year asked for, of the common era; None without one. Raises Http404 for a mangled one."""
    asked = query.get("year")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:5]) <= 9999):
        raise Http404
    return int(asked)


def page(network: Network, query: Any) -> Page:
    """The newest lines, or those `before` or `after` one of them. Raises Http404 for a mangled place."""
    lines = lines_of(network, asked_year(query)).select_related("document")
    after, before = query.get("after"), query.get("before")
    if after:
        when, pk = _place(after)
        lines = lines.filter(Q(date__gte=when), Q(date__gt=when) | Q(pk__gt=pk))
        found = list(lines.order_by("date", "id")[: SIZE + 1])
        more, found = len(found) > SIZE, found[:SIZE][::-1]
        newer = _cursor("after", found[0]) if more else ""
        return Page(_rows(found), newer, _cursor("before", found[-1]) if found else "", False)
    if before:
        when, pk = _place(before)
        lines = lines.filter(Q(date__lte=when), Q(date__lt=when) | Q(pk__lt=pk))
    found = list(lines.order_by("-date", "-id")[: SIZE + 1])
    older = _cursor("before", found[SIZE - 1]) if len(found) > SIZE else ""
    found = found[:SIZE]
    return Page(
        _rows(found), _cursor("after", found[0]) if before and found else "", older, not before
    )


def _cursor(name: str, line: Line) -> str:
    return f"{name}={line.date.isoformat()}_{line.pk}"


def _place(cursor: str) -> tuple[date, int]:
    try:
        when, pk = cursor.split("_")
        found = date.fromisoformat(when), int(pk)
        if not 0 <= found[1] < 2**63:
            raise ValueError
    except ValueError as error:
        raise Http404 from error
    return found


def _rows(lines: list[Line]) -> list[dict[str, Any]]:
    return [row(line) for line in lines]


def row(line: Line) -> dict[str, Any]:
    """A line as it is shown. Its document must be loaded."""
    return {
        "pk": line.pk,
        "flow": line.flow,
        "flow_label": Flow(line.flow).label,
        "iso": line.date.isoformat(),
        "when": day(line.date),
        "source": line.source,
        "purpose": line.purpose,
        "amount": baht(line.amount),
        "document": line.document,
        "document_link": line.document_link,
        "changes": line.revision - 1,
    }


# -- Years --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    income: Decimal
    expense: Decimal
    lines: int

    @property
    def label(self) -> str:
        return year_label(self.year)

    @property
    def texts(self) -> tuple[str, str, str]:
        """Income, expense and what is left of it, as they are written."""
        return baht(self.income), baht(self.expense), baht(self.income - self.expense)


def years(network: Network) -> list[Year]:
    """What came in and went out in each year, the last first: one query, over an index alone.

    10,000 lines take the database 8 ms, so no totals are kept beside them.
    """
    found = (
        lines_of(network)
        .values(year=ExtractYear("date"))
        .annotate(
            income=Sum("amount", filter=Q(flow=Flow.INCOME), default=Decimal()),
            expense=Sum("amount", filter=Q(flow=Flow.EXPENSE), default=Decimal()),
            lines=Count("*"),
        )
    )
    return [Year(**row) for row in found.order_by("-year")]


# -- The history --------------------------------------------------------------------------------


def asked_line(query: Any) -> int | None:
    """The line whose history is asked for. Raises Http404 for a mangled one."""
    return _number(query.get("line"))


def changes(network: Network, query: Any) -> Page:
    """What was written, changed and taken out, the newest first; of one line with ?line=."""
    # Rows are only added: those of a network that was merged into this one keep its name.
    hers = Q(network=network) | Q(network__merged_into=network)
    found = LineChange.objects.filter(hers).select_related("author")
    line = asked_line(query)
    found = found.filter(stands_for__gt=0) if line is None else found.filter(line=line)
    keep = f"line={line}&" if line is not None else ""
    if before := _number(query.get("before")):
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-id")[: SIZE + 1])
    older = f"{keep}before={rows[SIZE - 1].pk}" if len(rows) > SIZE else ""
    return Page([_change(row) for row in rows[:SIZE]], "", older, not before)


def _number(asked: str | None) -> int | None:
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    return int(asked)


def _change(change: LineChange) -> dict[str, Any]:
    before, after = change.before, change.after
    shown = after or before or {}
    return {
        "line": change.line_id,
        "kind": "edited" if before and after else "new" if after else "gone",
        "count": change.stands_for,
        "author": change.author,
        "created_at": change.created_at,
        "reason": change.reason,
        "flow": Flow(shown["flow"]).label,
        "when": day(date.fromisoformat(shown["date"])),
        "source": shown["source"],
        "purpose": shown["purpose"],
        "amount": baht(Decimal(shown["amount"])),
        "differences": _differences(before, after) if before and after else [],
    }


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """Field by field, what it said and what it says."""
    labels = {each.name: each.verbose_name for each in Line._meta.concrete_fields}
    labels["document"] = gettext("picture of the document")
    return [
        {
            "label": str(labels[name]),
            "before": _said(name, before[name]),
            "after": _said(name, after[name]),
        }
        for name in before
        if before[name] != after.get(name)
    ]


def _said(name: str, value: str | None) -> str:
    if not value:
        return gettext("none")
    if name == "flow":
        return str(Flow(value).label)
    if name == "date":
        return day(date.fromisoformat(value))
    if name == "amount":
        return baht(Decimal(value))
    # The picture itself is not shown: what was replaced may be what nobody should see.
    return gettext("a picture") if name == "document" else value


# -- The file -----------------------------------------------------------------------------------


def sheet_rows(network: Network) -> Iterator[list[str]]:
    """The headers, then every line, the oldest first: what `forums.ledger.csv_files` reads back."""
    thai = dates.language() == "th"
    yield TITLES["th" if thai else "en"]
    labels = {flow.value: str(flow.label) for flow in Flow}
    lines = lines_of(network).order_by("date", "id")
    for flow, when, source, purpose, amount, link, picture in lines.values_list(
        "flow", "date", "source", "purpose", "amount", "document_link", "document_id"
    ).iterator(chunk_size=2000):
        written = dates.typed(when) if thai else when.isoformat()
        if not link and picture:
            link = settings.SITE_URL + Attachment(pk=picture).address
        yield [written, labels[flow], source, purpose, str(amount), link]
