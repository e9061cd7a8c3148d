"""What a member reported, as her list and its pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.base.keyset import MOMENT, NUMBER, Keyset, Page
from forums.moderation.models import Decision
from forums.moderation.queue.models import Case, CaseState
from forums.moderation.queue.registry import Because, Section
from forums.moderation.reports.models import (
    Problem,
    ProblemReport,
    ReporterRecord,
    ReportState,
    SelfHiding,
)
from forums.moderation.reports.permissions import can_take_back
from forums.moderation.subjects import Subject, subject_kinds, subjects_at
from forums.text.personal_data import found_in, masked

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.moderation.rules.models import HouseRule

SIZE = 20
MOST = 50  # reports of one case that its page shows, the weightiest first
_NEWEST = Keyset({"created_at": MOMENT, "id": NUMBER}, falling=True, onward="before")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report of hers. `title` is what kind of thing it was where she may no longer see it (`url` is '')."""

    pk: int
    url: str
    title: str
    words: str  # the beginning of what the thing says
    problem: str
    said: str  # what she wrote
    state: str
    outcome: str
    decided: str  # what was decided, '' where nothing was
    why: str  # with which reason, as the public log has it; '' where she may not read it there
    rule: "HouseRule | None"
    is_open: bool
    is_looked_at: bool
    may_take_back: bool
    created_at: datetime
    settled_at: datetime | None


def page_of(member: "Member", query: Any) -> Page[ReportRow]:
    """The page of her reports that `query` asks for, newest first."""
    mine = ProblemReport.objects.visible_to(member).select_related("case__decision")
    page: Page[ProblemReport] = _NEWEST.page(mine, query, size=SIZE)
    return page.with_rows(rows(page.rows, member))


def rows(reports: Sequence[ProblemReport], member: "Member") -> list[ReportRow]:
    """Reports with what she may see of their things now: a query a kind."""
    found = subjects_at(((each.subject, each.key) for each in reports), member)
    made = [each.case.decision_id for each in reports if each.case.decision_id]
    logged = Decision.objects.visible_to(member).filter(pk__in=made).select_related("rule")
    log = {decision.pk: decision for decision in logged}
    return [_row(each, found.get((each.subject, each.key)), member, log) for each in reports]


def _row(
    report: ProblemReport, subject: Subject | None, member: "Member", log: Mapping[int, Decision]
) -> ReportRow:
    decision = report.case.decision
    told = decision is not None and report.state == ReportState.UPHELD
    read = log.get(decision.pk) if decision is not None and told else None
    return ReportRow(
        pk=report.pk,
        url=subject.url if subject is not None else "",
        title=subject.title if subject is not None else _gone(report),
        words=subject.words if subject is not None else "",
        problem=report.get_problem_display(),
        said=report.words,
        state=report.state,
        outcome=report.get_state_display(),
        decided=decision.get_act_display() if decision is not None and told else "",
        why=masked(read.reason, found_in(read.reason)) if read is not None else "",
        rule=read.rule if read is not None else None,
        is_open=report.state == ReportState.OPEN,
        is_looked_at=report.case.state == CaseState.TAKEN,
        may_take_back=can_take_back(member, report),
        created_at=report.created_at,
        settled_at=report.settled_at,
    )


# -- In the queue ---------------------------------------------------------------------------------


def because(cases: Sequence[Case]) -> dict[int, Because]:
    """Why each of these cases waits: the reasons, the most frequent first, and by how many."""
    open_ones = ProblemReport.objects.filter(case__in=[case.pk for case in cases])
    open_ones = open_ones.exclude(state=ReportState.TAKEN_BACK)
    counted = open_ones.values_list("case", "problem").annotate(n=Count("pk")).order_by("-n")
    found: dict[int, list[tuple[str, int]]] = {}
    for case, problem, n in counted:
        found.setdefault(case, []).append((str(Problem(problem).label), n))
    return {
        case: Because(", ".join(label for label, _n in rows), _by(sum(n for _label, n in rows)))
        for case, rows in found.items()
    }


def _by(people: int) -> str:
    return ngettext("by %(n)d person", "by %(n)d people", people) % {"n": people}


def shown(case: Case) -> list[Section]:
    """What its reporters say: never who they are, but how they have fared; and that it hid itself."""
    reports = ProblemReport.objects.filter(case=case).exclude(state=ReportState.TAKEN_BACK)
    heaviest = list(reports.select_related("reporter").order_by("-weight", "pk")[:MOST])
    records = ReporterRecord.objects.in_bulk(
        [each.reporter_id for each in heaviest if each.reporter_id]
    )
    lines = [(_who(each, records), _what(each)) for each in heaviest]
    sections = [Section(_("What was reported"), lines)]
    if SelfHiding.objects.filter(case=case).exists():
        why = _("Enough weight came from two sides: a rule hid it until somebody looks.")
        sections.insert(0, Section(_("It hid itself"), [("", why)]))
    return sections


def _who(report: ProblemReport, records: Mapping[int, ReporterRecord]) -> str:
    if report.reporter is None:
        return _("somebody who is no longer here")
    return _fared(report.reporter, records.get(report.reporter_id or 0))


def fared(reporter: "Member") -> str:
    """Of who reported something what moderators may know: never who she is."""
    return _fared(reporter, ReporterRecord.objects.filter(pk=reporter.pk).first())


def _fared(reporter: "Member", record: ReporterRecord | None) -> str:
    level = str(reporter.get_trust_level_display())
    if record is None:
        return level
    told = {"level": level, "right": record.upheld, "wrong": record.rejected}
    return _("%(level)s · found right %(right)d times, wrong %(wrong)d") % told


def _what(report: ProblemReport) -> str:
    problem = report.get_problem_display()
    return f"{problem}: {report.words}" if report.words else problem


def _gone(report: ProblemReport) -> str:
    """What is said of a thing she sees no more."""
    kind = subject_kinds().get(report.subject)
    label = str(kind.label) if kind is not None else ""
    return _("A %(kind)s that you can no longer read") % {"kind": label}
