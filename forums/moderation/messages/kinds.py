"""What is told to who reported a private message."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from forums.base.visibility import is_signed_in
from forums.moderation.grounds import Grounds
from forums.moderation.kinds import CARE
from forums.moderation.messages import actions
from forums.moderation.messages.actions import ANSWERED
from forums.moderation.models import Decision
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import CaseAnswer, general_answers
from forums.moderation.reports.actions import outcome_of
from forums.moderation.reports.registry import when_settled
from forums.moderation.subjects import Subject
from forums.notifications.models import Notification
from forums.notifications.registry import Sentence, notification, scheduled, thing
from forums.notifications.seen import Seen
from forums.reading.messages.models import MessageReport


@general_answers
def answers(case: Case, subject: Subject | None) -> Sequence[CaseAnswer]:
    """Of a reported message one may answer whoever reported it, in words that stand in no log."""
    if case.subject != "message":
        return ()
    return [CaseAnswer("answer", gettext_lazy("Answer whoever reported it"), _answer, place=2)]


def _answer(
    moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]
) -> Decision | None:
    actions.answer_each(moderator=moderator, case=case, reason=grounds)
    return None


@scheduled("old reports of messages")
def line_up(now: datetime) -> None:
    """What was reported before there were cases."""
    actions.line_up_old()


@when_settled
def answer_copies(case: Case, decision: Decision | None) -> None:
    """What the desk shows of a reported message waits no more, when its case was decided in the queue."""
    if case.subject == "message":
        with translation.override(settings.LANGUAGE_CODE):
            outcome = str(outcome_of(case, decision).label)
        actions.answer_all(case=case, words=outcome if decision is None else decision.reason)


@thing("message_report")
def reports(member: Any, ids: Collection[int]) -> Mapping[int, MessageReport]:
    """Her own, once they are answered."""
    if not is_signed_in(member):
        return {}
    hers = MessageReport.objects.filter(member=member, answered_at__isnull=False)
    return hers.select_related("about").in_bulk(ids)


@notification(ANSWERED, CARE)
def report_answered_line(note: Notification, seen: Seen) -> Sentence | None:
    """What the moderators answered."""
    report = seen.one(note, "message_report")
    if report is None:
        return None
    text = _("The moderators have looked at what you reported of %(name)s") % {"name": report.about}
    return Sentence(text, "/messages/", report.answer, icon="shield")
