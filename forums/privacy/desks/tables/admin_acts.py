"""What was done in the admin, for administrators: read only, the newest first."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.moderation.audit.models import AdminAct
from forums.moderation.desks.desk import Desk, Fact
from forums.moderation.lookups import members_by_handle
from forums.moderation.permissions import can_administer
from forums.text import dates


@admin.register(AdminAct)
class AdminActAdmin(Desk):
    list_display = ("number", "when", "member", "page", "about", "status")
    list_display_links = ("number", "when")
    list_filter = (("at", admin.DateFieldListFilter),)
    ordering = ("-at", "-id")
    related = ("member",)
    search_help_text = _("A number, or the name in the address of who did it")

    def visible_to(self, member: Any) -> QuerySet[AdminAct]:
        return AdminAct.objects.all()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_administer(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_administer(request.user)

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        return [AdminAct.objects.filter(member__in=members_by_handle(term))]

    @admin.display(description=_("when"))
    def when(self, act: AdminAct) -> str:
        return dates.exactly(act.at)

    def more(self, act: AdminAct) -> dict[str, Any]:
        return {"decisions": None}

    def facts(self, act: AdminAct, request: HttpRequest) -> list[Fact]:
        who = reverse("admin:accounts_member_change", args=[act.member_id])
        return [
            (_("Who"), act.member, who),
            (_("When"), self.when(act), ""),
            (_("Which page"), act.page, ""),
            (_("About what"), act.about or "–", ""),
            (_("Fields that were sent"), ", ".join(act.fields) or "–", ""),
            (_("Answer"), act.status, ""),
            (_("From where"), act.address or "–", ""),
        ]
