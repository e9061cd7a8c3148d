"""Members on the moderators' desk. What is private (e-mail) is for administrators only.

It stands here and not in `accounts`, which knows nothing of the forum and its moderators.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.moderation.desks.acts import MEMBER_ACTS
from forums.moderation.desks.desk import Desk, Fact, history
from forums.moderation.lookups import (
    members_by_address,
    members_by_handle,
    members_by_name,
    members_by_part,
)
from forums.moderation.lost_devices.models import open_for, unchecked
from forums.moderation.models import Decision
from forums.moderation.permissions import can_administer, can_suspend
from forums.text import dates


class LostDeviceFilter(admin.SimpleListFilter):
    """Who waits to be known again."""

    title = _("second step")
    parameter_name = "lost"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("lost her device, waits for moderators"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        if self.value() != "open":
            return None
        return queryset.filter(pk__in=unchecked().values("member"))


@admin.register(Member)
class MemberAdmin(Desk):
    offers = MEMBER_ACTS
    list_display = ("handle", "display_name", "joined", "trust_level", "standing", "office")
    list_filter = (LostDeviceFilter, "is_active", "is_staff", "trust_level")
    ordering = ("-created_at", "-id")
    search_help_text = _("A number, or a part of a name")

    def visible_to(self, member: Any) -> QuerySet[Member]:
        private = ("password", "bio", "links", "email")
        return Member.objects.defer(*(private[:3] if can_administer(member) else private))

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        found = [members_by_handle(term), members_by_name(term), members_by_part(term)]
        if can_administer(request.user) and "@" in term:
            found.append(members_by_address(term))
        return found

    def get_list_display(self, request: HttpRequest) -> Any:
        return (*self.list_display, "email") if can_administer(request.user) else self.list_display

    @admin.display(description=_("member since"))
    def joined(self, member: Member) -> str:
        return dates.day(member.created_at)

    @admin.display(description=_("may sign in"), empty_value="")
    def standing(self, member: Member) -> str:
        if not member.is_active:
            return str(_("suspended"))
        return str(_("address not confirmed")) if member.pending_since else ""

    @admin.display(description=_("office"), empty_value="")
    def office(self, member: Member) -> str:
        if member.is_superuser:
            return str(_("administrator"))
        return str(_("moderator")) if member.is_staff else ""

    def target_note(self, member: Member) -> str:
        return f"@{member.handle} · {member.get_trust_level_display()}"

    def facts(self, member: Member, request: HttpRequest) -> list[Fact]:
        topics = reverse("admin:forums_topic_changelist")
        posts = reverse("admin:forums_post_changelist")
        yes_no = {True: _("yes"), False: _("no")}
        facts: list[Fact] = [
            (_("Number"), member.pk, ""),
            (_("Name in the address"), f"@{member.handle}", self.more(member)["site_link"]),
            (_("Name shown"), member.display_name, ""),
            (_("Province"), member.place or "–", ""),
            (_("Member since"), dates.exactly(member.created_at), ""),
            (_("Trust level"), member.get_trust_level_display(), ""),
            (_("May sign in"), yes_no[member.is_active], ""),
            (_("Moderator"), yes_no[member.is_staff], ""),
            (_("Topics"), _("find them"), f"{topics}?q=@{member.handle}"),
            (_("Posts"), _("find them"), f"{posts}?q=@{member.handle}"),
        ]
        if member.pk != request.user.pk:
            notes = reverse("staff_notes", args=[member.pk])
            facts.append((_("Notes of moderators"), _("read and write them"), notes))
            if can_suspend(request.user, member):
                taken = reverse("sweep", args=[member.pk])
                facts.append(
                    (_("Everything at once, for spam"), _("what it takes, and the form"), taken)
                )
        if member.pending_since:
            facts.append(
                (_("Address not confirmed since"), dates.exactly(member.pending_since), "")
            )
        facts += _lost_device(member)
        if can_administer(request.user):
            facts.append((_("E-mail"), member.email, ""))
            facts.append((_("Administrator"), yes_no[member.is_superuser], ""))
        return facts

    def more(self, member: Member) -> dict[str, Any]:
        return {"site_link": "" if member.pending_since else member.get_absolute_url()}

    def decisions(self, member: Member) -> list[Decision]:
        return history(Decision.objects.filter(member=member))


def _lost_device(member: Member) -> list[Fact]:
    """What she asked who lost the device of her second step, and how far it is."""
    lost = open_for(member.pk)
    if lost is None:
        return []
    first = Member.objects.filter(pk=lost.first_by_id or 0).first()
    facts: list[Fact] = [
        (_("Lost the device of her second step"), dates.exactly(lost.created_at), ""),
        (_("How we know her, in her words"), lost.words, ""),
    ]
    if first is not None:
        facts.append((_("Confirmed first by"), f"@{first.handle}", ""))
    if lost.due_at is not None:
        facts.append((_("The second step is taken off"), dates.exactly(lost.due_at), ""))
    return facts
