"""The log of decisions on the moderators' desk: newest first, with who decided; and what was taken down, sealed."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.moderation.desks.desk import Desk, Fact
from forums.moderation.desks.withdrawals import DECISION_ACTS
from forums.moderation.lookups import members_by_handle, number_in
from forums.moderation.models import Act, Decision
from forums.moderation.subjects import subject_at
from forums.moderation.takedown.actions import read_sealed
from forums.moderation.takedown.models import SealedCopy, SealedLook
from forums.moderation.takedown.permissions import can_read_sealed
from forums.moderation.withdrawing.places import part_of
from forums.text import dates


@admin.register(Decision)
class DecisionAdmin(Desk):
    offers = DECISION_ACTS
    list_display = ("number", "act", "about", "reason", "moderator", "when")
    list_display_links = ("number", "act")
    list_filter = ("act", ("created_at", admin.DateFieldListFilter))
    ordering = ("-created_at", "-id")
    related = (
        "moderator",
        "rule",
        "topic",
        "post__topic",
        "member",
        "network",
        "activity",
        "organisation",
    )
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

    def target_note(self, decision: Decision) -> str:
        return self.about(decision)

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
        moderator = ""
        if decision.moderator_id:
            moderator = reverse("admin:accounts_member_change", args=[decision.moderator_id])
        return [
            (_("What"), decision.get_act_display(), ""),
            (_("About"), self.about(decision), about),
            (_("Why"), decision.reason, ""),
            (_("Rule"), decision.rule or "–", ""),
            (_("Who"), decision.moderator or _("a rule, and no person"), moderator),
            (_("When"), dates.exactly(decision.created_at), ""),
            *self._taken_out(decision, request),
        ]

    def _taken_out(self, decision: Decision, request: HttpRequest) -> Iterable[Fact]:
        """What stood in it and was taken out of sight, as moderators still see it."""
        for kind, key in part_of(decision).items():
            subject = subject_at(kind, str(key), request.user)
            if subject is not None:
                url = subject.thing.address if kind == "picture" else subject.url
                said = _("Poll") if decision.act == Act.END else _("What was taken out")
                yield (said, subject.words or subject.title, url)


@admin.register(SealedCopy)
class SealedCopyAdmin(Desk):
    """For those with the right alone; that somebody looked is written down before she reads."""

    list_display = ("number", "receipt", "sealed", "kept")
    list_display_links = ("number", "receipt")
    related = ("notice", "author")
    search_help_text = _("A number")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_read_sealed(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_read_sealed(request.user)

    def visible_to(self, member: Any) -> QuerySet[SealedCopy]:
        return SealedCopy.objects.exclude(author=member)

    @admin.display(description=_("receipt"))
    def receipt(self, copy: SealedCopy) -> str:
        return copy.notice.receipt

    @admin.display(description=_("sealed"))
    def sealed(self, copy: SealedCopy) -> str:
        return dates.exactly(copy.sealed_at)

    @admin.display(description=_("kept until"))
    def kept(self, copy: SealedCopy) -> str:
        return dates.exactly(copy.until)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        number = number_in(object_id)
        copy = self.visible_to(request.user).filter(pk=number).first() if number else None
        if copy is not None and request.method == "GET" and can_read_sealed(request.user):
            read_sealed(member=cast(Member, request.user), copy=copy)
        return super().change_view(request, object_id, form_url, extra_context)

    def facts(self, copy: SealedCopy, request: HttpRequest) -> list[Fact]:
        looks = SealedLook.objects.filter(receipt=copy.notice.receipt).select_related("member")
        facts: list[Fact] = [
            (_("Receipt"), copy.notice.receipt, copy.notice.get_absolute_url()),
            (_("Title"), copy.title, ""),
            (_("Text"), copy.body, ""),
            (_("Author"), copy.author or "–", ""),
            (_("Sealed"), dates.exactly(copy.sealed_at), ""),
            (_("Kept until"), dates.exactly(copy.until), ""),
        ]
        for look in looks.order_by("-pk")[:50]:
            facts.append((_("Read by"), f"{look.member}, {dates.exactly(look.created_at)}", ""))
        return facts
