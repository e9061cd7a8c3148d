"""Who reports what."""

from typing import Any

from forums.moderation.queue.models import CaseState
from forums.moderation.reports.models import ProblemReport, ReportState
from forums.moderation.subjects import Subject


def can_report(member: Any, subject: Subject) -> bool:
    """Members, whatever they see that is not their own."""
    return bool(member.is_authenticated) and subject.owner_id != member.pk


def can_take_back(member: Any, report: ProblemReport) -> bool:
    """She who sent it, until somebody looks into it."""
    return (
        report.reporter_id == member.pk
        and report.state == ReportState.OPEN
        and report.case.state == CaseState.OPEN
    )
