"""Organisations on the moderators' desk, and who waits to be believed as theirs."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.groups.organisations.lists import claims, found_by, people_of, ties_of_organisation
from forums.groups.organisations.models import Organisation
from forums.moderation.desks.acts import ORGANISATION_ACTS
from forums.moderation.desks.desk import Desk, Fact, history
from forums.moderation.models import Act, Decision
from forums.text import dates

MANY = 100  # people and networks a page names at most
STATES = {
    "waiting": _("somebody waits to be confirmed"),
    "hidden": _("hidden"),
    "merged": _("merged into another"),
}


def state_of(organisation: Organisation) -> str:
    """The states of an organisation in words, '' for an ordinary one."""
    found = {"hidden": organisation.hidden_at, "merged": organisation.merged_into_id}
    return ", ".join(str(STATES[state]) for state, holds in found.items() if holds)


class OrganisationStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        match self.value():
            case "waiting":
                return queryset.filter(Exists(claims().filter(organisation=OuterRef("pk"))))
            case "hidden":
                return queryset.filter(hidden_at__isnull=False)
            case "merged":
                return queryset.filter(merged_into__isnull=False)
        return None


@admin.register(Organisation)
class OrganisationAdmin(Desk):
    offers = ORGANISATION_ACTS
    list_display = ("number", "name", "sector", "place", "state", "registered")
    list_display_links = ("number", "name")
    list_filter = (OrganisationStateFilter, "sector")
    related = ("created_by",)
    search_help_text = _("A number, or words of the name")

    def visible_to(self, member: Any) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(member).defer("search_words")

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        return [found_by(Organisation.objects.all(), term)]

    @admin.display(description=_("province"), empty_value="")
    def place(self, organisation: Organisation) -> str:
        return organisation.get_province_display()

    @admin.display(description=_("state"), empty_value="")
    def state(self, organisation: Organisation) -> str:
        return state_of(organisation)

    @admin.display(description=_("registered"))
    def registered(self, organisation: Organisation) -> str:
        return dates.day(organisation.created_at)

    def target_note(self, organisation: Organisation) -> str:
        parts = [
            organisation.get_sector_display(),
            self.place(organisation),
            state_of(organisation),
        ]
        return " · ".join(filter(None, parts))

    def facts(self, organisation: Organisation, request: HttpRequest) -> list[Fact]:
        by = organisation.created_by
        facts: list[Fact] = [
            (_("Number"), organisation.pk, ""),
            (_("Name"), organisation.name, organisation.get_absolute_url()),
            (_("What does it do?"), organisation.about or "–", ""),
            (_("Website"), organisation.website or "–", ""),
            (_("State"), state_of(organisation) or _("ordinary"), ""),
            (_("Registered"), dates.exactly(organisation.created_at), ""),
            (_("Registered by"), f"{by} @{by.handle}", _member(by.pk)),
        ]
        if into := organisation.merged_into:
            there = reverse("admin:forums_organisation_change", args=[into.pk])
            facts.append((_("Merged into"), into.name, there))
        for each in people_of(organisation)[:MANY]:
            label = _("Represents it") if each.confirmed_at else _("Waits to be confirmed")
            facts.append((label, f"{each.member} @{each.member.handle}", _member(each.member_id)))
        for tie in ties_of_organisation(organisation)[:MANY]:
            there = reverse("admin:forums_network_change", args=[tie.network_id])
            facts.append((_("Network"), tie.network.name, there))
        log = f"{reverse('moderation_log')}?organisation={organisation.pk}"
        return [*facts, (_("In the public log"), _("find them"), log)]

    def more(self, organisation: Organisation) -> dict[str, Any]:
        return {"site_link": organisation.get_absolute_url()}

    def decisions(self, organisation: Organisation) -> list[Decision]:
        """Its own, and those that merged others into it."""
        merged = Decision.objects.filter(act=Act.MERGE, organisation__merged_into=organisation)
        return history(Decision.objects.filter(organisation=organisation), merged)


def _member(pk: int) -> str:
    return reverse("admin:accounts_member_change", args=[pk])
