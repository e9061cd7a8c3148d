"""Answering a report of a private message."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from forums.base.errors import NotAllowed
from forums.moderation.grounds import clean_reason
from forums.moderation.permissions import can_moderate
from forums.notifications.telling import tell
from forums.reading.messages.models import MessageReport

ANSWERED = "message_report_answered"


@transaction.atomic
def answer(*, moderator: Member, report: MessageReport, reason: str) -> MessageReport | None:
    """Say to who reported what was done; None where somebody has answered meanwhile. She is told, nobody else.

    Raises NotAllowed, of one's own too, or BadText for no words.
    """
    reason = clean_reason(reason)
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
    return report
