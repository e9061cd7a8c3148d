"""The log of decisions on the moderators' desk: read only, newest first, with who decided."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.moderation.desks.desk import Desk, Fact
from forums.moderation.lookups import members_by_handle, number_in
from forums.moderation.models import Decision
from forums.text import dates


@admin.register(Decision)
class DecisionAdmin(Desk):
    list_display = ("number", "act", "about", "reason", "moderator", "when")
    list_display_links = ("number", "act")
    list_filter = ("act", ("created_at", admin.DateFieldListFilter))
    ordering = ("-created_at", "-id")
    related = ("moderator", "topic", "post__topic", "member", "network", "activity", "organisation")
    search_help_text = _(
        "A number of a decision, topic, post or network, or the name in a moderator's or member's address"
    )

    def visible_to(self, member: Any) -> QuerySet[Decision]:
        return Decision.objects.visible_to(member)

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        people = members_by_handle(term)
        found = [
            Decision.objects.filter(moderator__in=people),
            Decision.objects.filter(member__in=people),
        ]
        if (number := number_in(term)) is not None:
            found.append(Decision.objects.filter(topic=number))
            found.append(Decision.objects.filter(post=number))
            found.append(Decision.objects.filter(network=number))
            found.append(Decision.objects.filter(organisation=number))
        return found

    @admin.display(description=_("about"))
    def about(self, decision: Decision) -> str:
        if decision.topic:
            return decision.topic.title
        if decision.post:
            return f"{decision.post.topic.title} · {decision.post.label}"
        return str(
            decision.network or decision.organisation or decision.activity or decision.member
        )

    @admin.display(description=_("when"))
    def when(self, decision: Decision) -> str:
        return dates.exactly(decision.created_at)

    def facts(self, decision: Decision, request: HttpRequest) -> list[Fact]:
        if decision.topic_id:
            about = reverse("admin:forums_topic_change", args=[decision.topic_id])
        elif decision.post_id:
            about = reverse("admin:forums_post_change", args=[decision.post_id])
        elif decision.network_id:
            about = reverse("admin:forums_network_change", args=[decision.network_id])
        elif decision.organisation_id:
            about = reverse("admin:forums_organisation_change", args=[decision.organisation_id])
        elif decision.activity:
            about = decision.activity.get_absolute_url()
        else:
            about = reverse("admin:accounts_member_change", args=[decision.member_id])
        moderator = reverse("admin:accounts_member_change", args=[decision.moderator_id])
        return [
            (_("What"), decision.get_act_display(), ""),
            (_("About"), self.about(decision), about),
            (_("Why"), decision.reason, ""),
            (_("Who"), decision.moderator, moderator),
            (_("When"), dates.exactly(decision.created_at), ""),
        ]
