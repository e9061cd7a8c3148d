"""A network's money as pages show it: lines, the totals of the years with their drawing, the history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import ExtractYear
from django.http import Http404
from django.utils.translation import gettext

from accounts.models import Member
from forums.base.keyset import DAY, NUMBER, Keyset, Page, kept
from forums.groups.networks.models import Network
from forums.ledger.columns import TITLES
from forums.ledger.models import DOCUMENT_IN_SIGHT, Flow, Line, LineChange
from forums.pictures.models import Attachment
from forums.text import dates

SIZE = 30
_LATEST = Keyset({"date": DAY, "id": NUMBER}, falling=True, onward="before", back="after")
_WRITTEN = Keyset({"id": NUMBER}, falling=True, onward="before")


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


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as pages show it."""

    pk: int
    flow: str
    flow_label: str
    iso: str
    when: str
    source: str
    purpose: str
    amount: str
    document: Attachment | None
    document_link: str
    changes: int


def page(network: Network, query: Any) -> Page[LineRow]:
    """The newest lines, or those `before` or `after` one of them. Raises Http404 for a mangled place."""
    year = asked_year(query)
    lines = lines_of(network, year).select_related("document")
    page = _LATEST.page(lines, query, size=SIZE, keep=kept(year=str(year)) if year else "")
    return page.with_rows([row(line) for line in page.rows])


def row(line: Line) -> LineRow:
    """A line as it is shown. Its document must be loaded."""
    document = line.document
    if document is not None and document.hidden_at is not None:  # moderators took it out of sight
        document = None
    return LineRow(
        pk=line.pk,
        flow=line.flow,
        flow_label=str(Flow(line.flow).label),
        iso=line.date.isoformat(),
        when=day(line.date),
        source=line.source,
        purpose=line.purpose,
        amount=baht(line.amount),
        document=document,
        document_link=line.document_link,
        changes=line.revision - 1,
    )


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


class Difference(NamedTuple):
    """What a field said, and what it says now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What somebody wrote, changed or took out, as the history shows it."""

    line: int | None
    kind: str  # new, edited or gone
    count: int
    is_hidden: bool  # moderators took its line out of sight: that it was there is all that is told
    author: Member
    created_at: datetime
    reason: str
    flow: str
    when: str
    source: str
    purpose: str
    amount: str
    differences: list[Difference]


def asked_line(query: Any) -> int | None:
    """The line whose history is asked for. Raises Http404 for a mangled one."""
    asked = query.get("line")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    return int(asked)


def changes(network: Network, query: Any) -> Page[ChangeRow]:
    """What was written, changed and taken out, the newest first; of one line with ?line=."""
    # Rows are only added: those of a network that was merged into this one keep its name.
    hers = Q(network=network) | Q(network__merged_into=network)
    found = LineChange.objects.filter(hers).select_related("author", "line")
    line = asked_line(query)
    found = found.filter(stands_for__gt=0) if line is None else found.filter(line=line)
    keep = kept(line=str(line)) if line is not None else ""
    page = _WRITTEN.page(found, query, size=SIZE, keep=keep)
    return page.with_rows([_change(change) for change in page.rows])


def _change(change: LineChange) -> ChangeRow:
    before, after = change.before, change.after
    shown = after or before or {}
    is_hidden = change.line.hidden_at is not None
    return ChangeRow(
        line=change.line_id,
        kind="edited" if before and after else "new" if after else "gone",
        count=change.stands_for,
        is_hidden=is_hidden,
        author=change.author,
        created_at=change.created_at,
        reason="" if is_hidden else change.reason,
        flow=str(Flow(shown["flow"]).label),
        when=day(date.fromisoformat(shown["date"])),
        source="" if is_hidden else shown["source"],
        purpose="" if is_hidden else shown["purpose"],
        amount=baht(Decimal(shown["amount"])),
        differences=_differences(before, after) if before and after and not is_hidden else [],
    )


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    labels = {each.name: each.verbose_name for each in Line._meta.concrete_fields}
    labels["document"] = gettext("picture of the document")
    return [
        Difference(str(labels[name]), _said(name, before[name]), _said(name, after[name]))
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
    lines = lines.annotate(picture=Case(When(DOCUMENT_IN_SIGHT, then=F("document_id"))))
    for flow, when, source, purpose, amount, link, picture in lines.values_list(
        "flow", "date", "source", "purpose", "amount", "document_link", "picture"
    ).iterator(chunk_size=2000):
        written = dates.typed(when) if thai else when.isoformat()
        if not link and picture:
            link = settings.SITE_URL + Attachment(pk=picture).address
        yield [written, labels[flow], source, purpose, str(amount), link]
