"""Activities on the moderators' desk: looked at, hidden, shown again."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.activities.models import Activity
from forums.activities.permissions import hosts_of
from forums.activities.rows import place_of
from forums.moderation.desks.acts import ACTIVITY_ACTS
from forums.moderation.desks.desk import Desk, Fact, history
from forums.moderation.desks.states import StateFilter, state_of
from forums.moderation.lookups import members_by_handle
from forums.moderation.models import Decision
from forums.text import dates


@admin.register(Activity)
class ActivityAdmin(Desk):
    offers = ACTIVITY_ACTS
    list_display = ("number", "title", "starts", "open_to", "writer", "state")
    list_display_links = ("number", "title")
    list_filter = (StateFilter, "open_to")
    related = ("created_by",)
    search_help_text = _("A number, or the name in a member's address")

    def visible_to(self, member: Any) -> QuerySet[Activity]:
        return Activity.objects.visible_to(member)

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        return [Activity.objects.filter(created_by__in=members_by_handle(term))]

    @admin.display(description=_("announced by"))
    def writer(self, activity: Activity) -> str:
        return f"{activity.created_by} @{activity.created_by.handle}"

    @admin.display(description=_("starts"))
    def starts(self, activity: Activity) -> str:
        return dates.exactly(activity.starts_at)

    @admin.display(description=_("state"), empty_value="")
    def state(self, activity: Activity) -> str:
        return state_of(activity)

    def target_note(self, activity: Activity) -> str:
        return " · ".join(filter(None, [self.starts(activity), state_of(activity)]))

    def facts(self, activity: Activity, request: HttpRequest) -> list[Fact]:
        hosts = " · ".join(host.network.name for host in hosts_of(activity) if host.confirmed_at)
        writer = reverse("admin:accounts_member_change", args=[activity.created_by_id])
        cancelled = activity.cancelled_at
        return [
            (_("Number"), activity.pk, ""),
            (_("Title"), activity.title, activity.get_absolute_url()),
            (_("Networks"), hosts, ""),
            (_("announced by"), self.writer(activity), writer),
            (_("starts"), dates.exactly(activity.starts_at), ""),
            (_("place"), place_of(activity.place, activity.province) or "–", ""),
            (_("Who may come"), activity.get_open_to_display(), ""),
            (_("State"), state_of(activity) or _("ordinary"), ""),
            (_("Cancelled"), dates.exactly(cancelled) if cancelled else "–", ""),
        ]

    def more(self, activity: Activity) -> dict[str, Any]:
        return {
            "site_link": activity.get_absolute_url(),
            "text_html": activity.body_html + activity.report_html,
        }

    def decisions(self, activity: Activity) -> list[Decision]:
        return history(Decision.objects.filter(activity=activity))
