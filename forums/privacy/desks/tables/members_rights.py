"""Copies and leavings in the admin, for administrators: how far each is and what is in its way; nothing is done here.

What a copy says nobody opens but its member. That an administrator opened one of these pages stands in the audit, as what she does.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.moderation.audit.actions import record
from forums.moderation.audit.recording import told_of
from forums.moderation.desks.desk import Desk, Fact
from forums.moderation.lookups import members_by_handle
from forums.moderation.permissions import can_administer
from forums.privacy.copies.models import PersonalCopy
from forums.privacy.leaving.hindrances import what_hinders
from forums.privacy.leaving.models import Leaving
from forums.text import dates


class _RightsDesk(Desk):
    related = ("member",)
    search_help_text = _("A number, or the name in the address of whose it is")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_administer(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_administer(request.user)

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        return [self.visible_to(request.user).filter(member__in=members_by_handle(term))]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page; that it was opened is noted beside what was done in the admin."""
        response = super().change_view(request, object_id, form_url, extra_context)
        if response.status_code == 200 and isinstance(request.user, Member):
            record(member=request.user, **told_of(request, response))
        return response

    def more(self, obj: Any) -> dict[str, Any]:
        return {"decisions": None}

    @admin.display(description=_("Whose"))
    def owner(self, row: PersonalCopy | Leaving) -> str:
        return str(row.member)

    @admin.display(description=_("asked"))
    def asked(self, row: PersonalCopy | Leaving) -> str:
        return dates.exactly(row.asked_at)


@admin.register(PersonalCopy)
class PersonalCopyAdmin(_RightsDesk):
    list_display = ("number", "owner", "asked", "state")
    list_display_links = ("number", "asked")
    ordering = ("-asked_at", "-id")

    def visible_to(self, member: Any) -> QuerySet[PersonalCopy]:
        return PersonalCopy.objects.all()

    @admin.display(description=_("state"))
    def state(self, copy: PersonalCopy) -> str:
        if copy.expires_at is not None:
            return gettext("ready, there until %(day)s") % {"day": dates.day(copy.expires_at)}
        if copy.busy_until is None and not copy.written:
            return gettext("waits")
        return gettext("being made: %(percent)d %%") % {"percent": copy.percent}

    def facts(self, copy: PersonalCopy, request: HttpRequest) -> list[Fact]:
        return [
            (_("Whose"), copy.member, _page_of(copy.member_id)),
            (_("Asked"), self.asked(copy), ""),
            (_("State"), self.state(copy), ""),
            (_("Rows written"), f"{copy.written} / {copy.rows or '–'}", ""),
            (_("What is being written"), copy.step.strip("~") or "–", ""),
            (_("Held by a worker until"), _moment(copy.busy_until), ""),
            (_("Size"), f"{copy.megabytes:.1f} MB" if copy.bytes else "–", ""),
        ]


@admin.register(Leaving)
class LeavingAdmin(_RightsDesk):
    list_display = ("number", "owner", "asked", "state")
    list_display_links = ("number", "asked")
    ordering = ("-asked_at", "-id")

    def visible_to(self, member: Any) -> QuerySet[Leaving]:
        return Leaving.objects.all()

    @admin.display(description=_("state"))
    def state(self, leaving: Leaving) -> str:
        if leaving.ended_at is not None:
            return gettext("has left")
        if leaving.stopped_at is not None:
            return gettext("stays after all")
        if leaving.begun_at is not None:
            return gettext("being done: %(pieces)d pieces so far") % {"pieces": leaving.done}
        if leaving.due_at is None:
            return gettext("not confirmed yet")
        late = leaving.due_at < timezone.now()
        said = gettext("due since %(day)s") if late else gettext("due on %(day)s")
        return said % {"day": dates.day(leaving.due_at)}

    def facts(self, leaving: Leaving, request: HttpRequest) -> list[Fact]:
        going = leaving.ended_at is None and leaving.stopped_at is None
        hinders = what_hinders(leaving.member) if going else []
        return [
            (_("Whose"), leaving.member, _page_of(leaving.member_id)),
            (_("Asked"), self.asked(leaving), ""),
            (_("What she wrote"), leaving.get_choice_display(), ""),
            (_("Confirmed"), _moment(leaving.confirmed_at), ""),
            (_("State"), self.state(leaving), ""),
            (_("What is being done"), leaving.step.strip("~") or "–", ""),
            (_("Held by a worker until"), _moment(leaving.busy_until), ""),
            *((_("What hinders it"), each.name, each.url) for each in hinders),
        ]


def _page_of(member_id: int) -> str:
    return reverse("admin:accounts_member_change", args=[member_id])


def _moment(at: datetime | None) -> str:
    return dates.exactly(at) if at else "–"
