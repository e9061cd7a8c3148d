"""Every write to reports: one is sent, taken back, settled with its case."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.trust import rights_of
from forums.base.errors import BadText, ForumError, NotAllowed, TooFast
from forums.base.limits import fitting
from forums.base.rate_limits import one_at_a_time
from forums.moderation.queue.actions import end_case, open_case, weigh
from forums.moderation.queue.models import Case, CaseState
from forums.moderation.reports import registry
from forums.moderation.reports.hiding import bring_back, hide_if_due
from forums.moderation.reports.models import (
    AT_ONCE,
    REPORT,
    WORDS_LENGTH,
    Problem,
    ProblemReport,
    ReportState,
)
from forums.moderation.reports.permissions import can_report, can_take_back
from forums.moderation.reports.weight import camps_of, learn, weight_of
from forums.notifications.telling import tell
from forums.reading.messages.actions import report as copy_message
from forums.reading.messages.actions import take_report_back as take_copy_back
from forums.text.thai import clean_text

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.moderation.models import Decision
    from forums.moderation.subjects import Subject
    from forums.reading.messages.models import MessageReport

SETTLED = "report_settled"  # the kind of what reporters are told
IGNORED = "ignore"  # the answer of a case that says nothing of its reports
_DAY = timedelta(days=1)


class ReportsTooFast(TooFast):
    message = gettext_lazy("You have reported %(count)d things in a day. Please wait %(wait)s.")


class LookedInto(ForumError):
    status = 409
    message = gettext_lazy(
        "A moderator is looking at it already, so it cannot be taken back any more."
    )


@transaction.atomic
def report(
    *,
    member: "Member",
    subject: "Subject",
    problem: str,
    words: str = "",
    good_faith: bool = False,
) -> ProblemReport:
    """Report a thing that `member` sees; her open report of it, where there is one.

    Raises NotAllowed (her own), BadText or TooFast. Locks her, then the case, then the thing.
    """
    words = _said(problem, words, good_faith=good_faith)
    if not can_report(member, subject):
        raise NotAllowed(_("You can report what is not your own."))
    one_at_a_time(member)
    hers = ProblemReport.objects.filter(reporter=member)
    there = hers.open().filter(subject=subject.kind, key=subject.key).first()
    if there is not None:
        return there
    _hold_pace(member, hers)
    case = open_case(kind=REPORT, subject=subject)
    made = ProblemReport.objects.create(
        reporter=member,
        subject=subject.kind,
        key=subject.key,
        case=case,
        problem=problem,
        words=words,
        good_faith=good_faith,
        weight=weight_of(member),
        networks=camps_of(member),
        created_at=timezone.now(),
        copied=_copy(member, subject, problem, words),
    )
    at_once = case.at_once or made.problem in AT_ONCE
    case = weigh(case=case, weight=case.weight + made.weight, at_once=at_once)
    registry.reported(made, subject)
    hide_if_due(case, made, subject)
    return made


def _said(problem: str, words: str, *, good_faith: bool) -> str:
    """The words, cleaned. Raises BadText for what the kind of problem needs and is not there."""
    if problem not in Problem.values:
        raise BadText(_("Please say what is wrong."))
    if problem == Problem.ILLEGAL and not good_faith:
        raise BadText(_("Please confirm that you report it in good faith."))
    nothing = _("Please write what is wrong.") if problem == Problem.OTHER else ""
    return fitting(clean_text(words).strip(), WORDS_LENGTH, nothing=nothing)


def left_today(member: "Member") -> int:
    """How many things she may still report in these 24 hours."""
    hers = ProblemReport.objects.filter(reporter=member, created_at__gt=timezone.now() - _DAY)
    most = rights_of(member).reports_a_day
    return most - len(hers.order_by("-created_at").values_list("pk")[:most])


def _hold_pace(member: "Member", hers: QuerySet[ProblemReport]) -> None:
    """Hold her to what her level may report in a day, with what she took back; moderators to nothing."""
    most, now = rights_of(member).reports_a_day, timezone.now()
    newest = hers.filter(created_at__gt=now - _DAY).order_by("-created_at")
    times = list(newest.values_list("created_at", flat=True)[:most])
    if len(times) == most and not member.is_staff:
        wait = times[-1] + _DAY - now
        raise ReportsTooFast(wait=int(wait.total_seconds()) + 1, count=most)


def _copy(member: "Member", subject: "Subject", problem: str, words: str) -> "MessageReport | None":
    """Of a private message, what its moderators may see of it."""
    if subject.kind != "message":
        return None
    reason = words or str(Problem(problem).label)
    return copy_message(member=member, message=subject.thing, reason=reason)


@transaction.atomic
def take_back(*, member: "Member", report: ProblemReport) -> bool:
    """Report it no more; the last one ends the case. What hid itself meanwhile stays hidden while others report it.

    False where it is settled already. Raises NotAllowed for another's, LookedInto where a moderator looks into it.
    """
    if report.reporter_id != member.pk:
        raise NotAllowed
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=report.case_id)
    report = ProblemReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    report.case = case
    if report.state != ReportState.OPEN:
        return False
    if not can_take_back(member, report):
        raise LookedInto
    if report.copied is not None:
        take_copy_back(report=report.copied)
    _settle(ProblemReport.objects.filter(pk=report.pk), ReportState.TAKEN_BACK)
    others = ProblemReport.objects.open().filter(case=case)
    left = max(0.0, round(case.weight - report.weight, 2))
    if others.exists():
        weigh(case=case, weight=left, at_once=others.filter(problem__in=AT_ONCE).exists())
    else:
        end_case(case=case, moderator=None, refused=True)
    return True


def settle(case: Case, decision: "Decision | None") -> None:
    """A case has ended: what hid itself comes back, its reporters' records follow, and they are told. Its row is locked."""
    open_ones = ProblemReport.objects.open().filter(case=case)
    found = list(open_ones.values_list("reporter", "copied__answered_at"))
    outcome = outcome_of(case, decision)
    registry.settled(case, decision)
    bring_back(case, decision)
    _settle(open_ones, outcome)
    if outcome != ReportState.IGNORED:
        learn((pk for pk, _at in found if pk is not None), right=outcome == ReportState.UPHELD)
    # Of a private message she may have been answered in words already.
    told = [pk for pk, answered_at in found if pk is not None and answered_at is None]
    tell(SETTLED, key=f"{SETTLED}-{case.pk}", members=told, data={"reported": case.pk})


def outcome_of(case: Case, decision: "Decision | None") -> ReportState:
    """What a case that has ended says of its reports. What is ignored counts for and against nobody."""
    if case.answer == IGNORED:
        return ReportState.IGNORED
    if case.state == CaseState.REFUSED:
        return ReportState.REJECTED
    return ReportState.UPHELD if decision is not None else ReportState.IGNORED


def _settle(reports: QuerySet[ProblemReport], state: ReportState) -> None:
    reports.update(state=state, settled_at=timezone.now())


@transaction.atomic
def forget_reporter(*, member: "Member", after: int, size: int) -> int | None:
    """She leaves: that something was reported stays with its case, without her and her words, a piece at a time."""
    hers = ProblemReport.objects.filter(reporter=member, pk__gt=after).order_by("pk")
    found = list(hers.select_for_update().values_list("pk", flat=True)[:size])
    ProblemReport.objects.filter(pk__in=found).update(reporter=None, words="")
    return found[-1] if found else None
