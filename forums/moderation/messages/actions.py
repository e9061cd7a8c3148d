"""Answering a report of a private message."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Member
from forums.base.errors import NotAllowed
from forums.moderation.grounds import clean_reason
from forums.moderation.permissions import can_moderate
from forums.moderation.queue.actions import end_case, open_case, weigh
from forums.moderation.queue.models import Case
from forums.moderation.reports.models import REPORT, Problem, ProblemReport
from forums.moderation.reports.things import of_message
from forums.moderation.reports.weight import camps_of, weight_of
from forums.notifications.telling import tell
from forums.reading.messages.models import MessageReport

ANSWERED = "message_report_answered"


@transaction.atomic
def answer(*, moderator: Member, report: MessageReport, reason: str) -> MessageReport | None:
    """Say to who reported what was done; None where somebody has answered meanwhile. She is told, nobody else.

    Where nobody else waits for an answer about this message, its case has ended. Raises NotAllowed, of one's own too, or
    BadText for no words.
    """
    reason = clean_reason(reason)
    case = _case_of(report)
    report = MessageReport.objects.select_for_update().get(pk=report.pk)
    if not can_moderate(moderator) or moderator.pk in (report.member_id, report.about_id):
        raise NotAllowed
    if report.answered_at is not None:
        return None
    report.answered_at, report.answered_by = timezone.now(), moderator
    report.answer = reason
    report.save(update_fields=["answered_at", "answered_by", "answer"])
    key = f"{ANSWERED}-{report.pk}"
    tell(ANSWERED, key=key, members=[report.member_id], data={"message_report": report.pk})
    if case is not None and not copies_of(case).filter(answered_at=None).exists():
        end_case(case=case, moderator=moderator)
    return report


@transaction.atomic
def answer_each(*, moderator: Member, case: Case, reason: str) -> None:
    """Answer all who reported the message of a case, in the same words; with the last of them the case has ended."""
    for report in copies_of(case).filter(answered_at=None).order_by("pk"):
        answer(moderator=moderator, report=report, reason=reason)


def copies_of(case: Case) -> QuerySet[MessageReport]:
    """What the open reports of a case show of a private message."""
    open_ones = ProblemReport.objects.open().filter(case=case, copied__isnull=False)
    return MessageReport.objects.filter(pk__in=open_ones.values("copied"))


@transaction.atomic
def line_up_old() -> None:
    """What was reported before there were cases waits in the queue like all else."""
    old = MessageReport.objects.filter(answered_at=None, message__isnull=False)
    old = old.exclude(pk__in=ProblemReport.objects.filter(copied__isnull=False).values("copied"))
    for report in old.select_related("member", "message__writer").order_by("pk")[:100]:
        if report.message is None:
            continue
        case = open_case(kind=REPORT, subject=of_message(report.message))
        made = ProblemReport.objects.create(
            reporter=report.member,
            subject=case.subject,
            key=case.key,
            case=case,
            problem=Problem.OTHER,
            words=report.reason,
            weight=weight_of(report.member),
            networks=camps_of(report.member),
            created_at=report.created_at,
            copied=report,
        )
        weigh(case=case, weight=case.weight + made.weight, at_once=case.at_once)


def _case_of(report: MessageReport) -> Case | None:
    """The case this waits in, locked before it."""
    case = ProblemReport.objects.open().filter(copied=report).values("case")
    locked = Case.objects.select_for_update(of=("self",), no_key=True)
    return locked.filter(pk__in=case, ended_at=None).first()


@transaction.atomic
def answer_all(*, case: Case, words: str) -> None:
    """A case was decided otherwise than by an answer in words: what it shows of the message waits no more."""
    if case.ended_by_id is not None:
        waiting = copies_of(case).filter(answered_at=None)
        waiting.update(answered_at=timezone.now(), answered_by=case.ended_by, answer=words)
