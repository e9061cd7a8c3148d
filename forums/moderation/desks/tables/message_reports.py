"""What was reported of private messages: the copy each report keeps. Conversations themselves have no desk."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.moderation.desks.acts import REPORT_ACTS
from forums.moderation.desks.desk import Desk, Fact
from forums.moderation.reports.lists import fared
from forums.reading.messages.models import MessageReport, Participant
from forums.text import dates


class AnsweredFilter(admin.SimpleListFilter):
    """What waits, unless one asks for what was answered."""

    title = _("state")
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("answered"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": _("waiting")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        return queryset.filter(answered_at__isnull=self.value() != "yes")


@admin.register(MessageReport)
class MessageReportAdmin(Desk):
    """What waits, the oldest first; to nobody what she reported, what is said of her, or where she is one of those it was
    said between. Who reported it is named to nobody."""

    offers = REPORT_ACTS
    list_display = ("number", "of", "why", "reported")
    list_display_links = ("number", "of")
    list_filter = (AnsweredFilter,)
    ordering = ("created_at", "id")
    related = ("about", "member", "answered_by")
    search_help_text = _("A number")

    def visible_to(self, member: Any) -> QuerySet[MessageReport]:
        here = Participant.objects.filter(
            conversation=OuterRef("message__conversation"), member=member.pk
        )
        found = MessageReport.objects.exclude(about=member).exclude(member=member)
        return found.exclude(Exists(here))

    @admin.display(description=_("about whom"))
    def of(self, report: MessageReport) -> str:
        return f"{report.about} @{report.about.handle}"

    @admin.display(description=_("why"))
    def why(self, report: MessageReport) -> str:
        return report.reason[:120]

    @admin.display(description=_("reported"))
    def reported(self, report: MessageReport) -> str:
        return dates.ago(report.created_at, timezone.now())

    def target_note(self, report: MessageReport) -> str:
        return report.reason

    def facts(self, report: MessageReport, request: HttpRequest) -> list[Fact]:
        facts: list[Fact] = [
            (_("Number"), report.pk, ""),
            (_("About whom"), self.of(report), _page(report.about)),
            (_("Who reported it"), fared(report.member), ""),
            (_("Why"), report.reason, ""),
            (_("Reported"), dates.exactly(report.created_at), ""),
        ]
        writers: dict[int, Any] = Member.objects.in_bulk({each["writer"] for each in report.shown})
        writers[report.member_id] = _("who reported it")  # as of all reports, not by name
        for each in report.shown:
            when = dates.exactly(datetime.fromisoformat(each["at"]))
            who = writers.get(each["writer"], _("somebody who is no longer here"))
            facts.append((f"{who}, {when}", each["text"] or _("taken back"), ""))
        if report.answered_at:
            facts.append((_("Answer"), report.answer, ""))
            facts.append((_("Answered"), dates.exactly(report.answered_at), ""))
            facts.append((_("Answered by"), report.answered_by, ""))
        return facts


def _page(member: Member) -> str:
    return reverse("admin:accounts_member_change", args=[member.pk])
