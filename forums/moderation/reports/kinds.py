"""What reports register elsewhere: things, a kind of case, and what reporters are told."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.silence import stays_open
from forums.base.personal import Area, Basis, Leaves, Parting, Until, holds
from forums.base.visibility import is_signed_in
from forums.discussions.polls.models import Poll
from forums.knowledge.glossary.models import Meaning
from forums.knowledge.statements.models import Statement
from forums.moderation.queue.registry import case_kind
from forums.moderation.reports import lists, things
from forums.moderation.reports.actions import SETTLED, forget_reporter, settle
from forums.moderation.reports.models import (
    REPORT,
    ProblemReport,
    ReporterRecord,
    ReportState,
)
from forums.moderation.subjects import subject_kind
from forums.notifications.models import Notification
from forums.notifications.registry import Group, Sentence, notification, switch, thing
from forums.notifications.seen import Seen
from forums.pictures.models import Attachment

stays_open("report", "report_take_back")  # what she says to the moderators

subject_kind(
    "picture",
    gettext_lazy("picture"),
    things.pictures,
    things.of_picture,
    things.picture_key,
    lambda topics: Attachment.objects.filter(post__topic__in=topics),
)
subject_kind("line", gettext_lazy("line of the ledger"), things.lines, things.of_line)
subject_kind(
    "meaning",
    gettext_lazy("card of a word"),
    things.meanings,
    things.of_meaning,
    in_topics=lambda topics: Meaning.objects.filter(word__topic__in=topics),
)
subject_kind(
    "poll",
    gettext_lazy("poll"),
    things.polls,
    things.of_poll,
    in_topics=lambda topics: Poll.objects.filter(topic__in=topics),
)
subject_kind("message", gettext_lazy("private message"), things.said, things.of_message)
subject_kind(
    "statement",
    gettext_lazy("statement"),
    things.statements,
    things.of_statement,
    in_topics=lambda topics: Statement.objects.filter(topic__in=topics),
)
subject_kind(
    "restatement",
    gettext_lazy("what one says another means"),
    things.restatements,
    things.of_restatement,
)
subject_kind(
    "portrayal",
    gettext_lazy("what one says a network thinks"),
    things.portrayals,
    things.of_portrayal,
)

case_kind(REPORT, gettext_lazy("Reports"), ended=settle, because=lists.because, shown=lists.shown)

REPORTED = switch(
    "reported",
    Group.CARE,
    gettext_lazy("What became of what you reported"),
    gettext_lazy("one line for each thing, when the moderators have decided"),
)
_SAID = {
    ReportState.UPHELD: gettext_lazy("What you reported was as you said. The moderators acted"),
    ReportState.REJECTED: gettext_lazy(
        "The moderators looked at what you reported, and leave it as it is"
    ),
    ReportState.IGNORED: gettext_lazy("The moderators have looked at what you reported"),
}


@thing("reported")
def reports(member: Any, ids: Collection[int]) -> Mapping[int, ProblemReport]:
    """Her own reports, by their cases."""
    if not is_signed_in(member):
        return {}
    hers = ProblemReport.objects.visible_to(member).filter(case__in=ids).order_by("pk")
    return {report.case_id: report for report in hers.select_related("case__decision")}


@notification(SETTLED, REPORTED)
def settled_line(note: Notification, seen: Seen) -> Sentence | None:
    """What became of it; never who decided, nor the thing's title, which she may no longer see."""
    report = seen.one(note, "reported")
    if report is None or report.state not in _SAID:
        return None
    decision = report.case.decision
    what = "" if decision is None else _("Decided: %(act)s") % {"act": decision.get_act_display()}
    text = str(_SAID[ReportState(report.state)])
    return Sentence(text, report.get_absolute_url(), what, icon="shield")


# -- What is held of a person ---------------------------------------------------------------------


def _leave(parting: Parting) -> int | None:
    return forget_reporter(member=parting.member, after=parting.after, size=parting.size)


holds(
    ProblemReport,
    "reporter",
    what=gettext_lazy("What you reported, with your words and what became of it"),
    area=Area.ORDER,
    leaves=Leaves.DELETED,
    basis=Basis.INTEREST,
    until=Until.ORDERLY.label,
    but=["weight", "networks", "copied"],
    eraser=_leave,
)
holds(
    ReporterRecord,
    "member",
    what=gettext_lazy("How often your reports were found right"),
    area=Area.ORDER,
    leaves=Leaves.DELETED,
    basis=Basis.INTEREST,
)
