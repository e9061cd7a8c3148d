"""Networks, and what members ask about them, on the moderators' desk."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.base.view_helpers import Submission, posted
from forums.discussions.boards.models import Board
from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.networks.models import CONFIRMED_FOR, NETWORK_LISTED, Network
from forums.groups.staff_requests.models import StaffRequest
from forums.moderation.desks.acts import NETWORK_ACTS, REQUEST_ACTS
from forums.moderation.desks.desk import Desk, Fact, history
from forums.moderation.forms import RegisterNetworkForm
from forums.moderation.lookups import networks_by_coordinator, networks_by_name, number_in
from forums.moderation.models import Act, Decision
from forums.moderation.networks import actions
from forums.moderation.permissions import can_moderate
from forums.text import dates

LONG = timedelta(days=30)  # a request to join that waits longer is the moderators' matter too
MANY = 100  # what a page counts or names at most
STATES = {
    "waiting": _("something is asked of the moderators"),
    "verified": _("verified"),
    "featured": _("featured"),
    "archived": _("archived"),
    "hidden": _("hidden"),
    "stale": _("not confirmed for a year"),
}


def state_of(network: Network) -> str:
    """The states of a network in words, '' for an ordinary one."""
    found = {
        "verified": network.verified_at,
        "featured": network.featured_at,
        "archived": network.archived_at,
        "hidden": network.hidden_at,
        "stale": network.is_open and network.is_stale,
    }
    words = [str(STATES[state]) for state, holds in found.items() if holds]
    if network.merged_into_id:
        words.append(str(_("merged into another")))
    return ", ".join(words)


class NetworkStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        state = self.value()
        if state == "waiting":
            return queryset.filter(
                Exists(StaffRequest.objects.filter(network=OuterRef("pk"), decided_at=None))
            )
        if state == "stale":
            since = timezone.now() - CONFIRMED_FOR
            return queryset.filter(NETWORK_LISTED.q(), confirmed_at__lt=since)
        if state in STATES:
            return queryset.filter(**{f"{state}_at__isnull": False})
        return None


@admin.register(Network)
class NetworkAdmin(Desk):
    offers = NETWORK_ACTS
    list_display = ("number", "name", "kind", "members", "state", "active", "registered")
    list_display_links = ("number", "name")
    list_filter = (NetworkStateFilter, "kind")
    search_help_text = _("A number, words of the name, or the name in a coordinator's address")

    def visible_to(self, member: Any) -> QuerySet[Network]:
        return Network.objects.visible_to(member).defer("story", "story_html", "search_words")

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        return (networks_by_name(term), networks_by_coordinator(term))

    # -- registering one for somebody ----------------------------------------------------------

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_moderate(request.user)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Register a network for somebody who cannot do it herself."""
        if not isinstance(request.user, Member) or not self.has_add_permission(request):
            raise PermissionDenied
        moderator = request.user
        form = RegisterNetworkForm(*posted(request), moderator=moderator)
        sent = Submission(form, lambda data: actions.register(moderator=moderator, **data))
        if sent.done:
            messages.success(request, _("The network is registered."))
            there = reverse("admin:forums_network_change", args=[sent.made.pk])
            return HttpResponseRedirect(there)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Register a network for somebody"),
            "opts": self.opts,
            "offer": Act.REGISTER,
            "form": form,
            "back": reverse("admin:forums_network_changelist"),
        }
        return TemplateResponse(request, "admin/desk/act.html", context, status=sent.status)

    # -- what is shown ---------------------------------------------------------------------------

    @admin.display(description=_("members"))
    def members(self, network: Network) -> int:
        return network.member_count

    @admin.display(description=_("state"), empty_value="")
    def state(self, network: Network) -> str:
        return state_of(network)

    @admin.display(description=_("last active"))
    def active(self, network: Network) -> str:
        return dates.day(network.last_active_at)

    @admin.display(description=_("registered"))
    def registered(self, network: Network) -> str:
        return dates.day(network.created_at)

    def target_note(self, network: Network) -> str:
        return " · ".join(filter(None, [network.aim, state_of(network)]))

    def facts(self, network: Network, request: HttpRequest) -> list[Fact]:
        staff_requests = reverse("admin:forums_staffrequest_changelist")
        waiting = StaffRequest.objects.filter(network=network, decided_at=None).count()
        coordinators = Membership.objects.filter(
            network=network, role=Role.COORDINATOR
        ).select_related("member")
        facts: list[Fact] = [
            (_("Number"), network.pk, ""),
            (_("Name"), network.name, network.get_absolute_url()),
            (_("Aim"), network.aim, ""),
            (_("Kind"), network.get_kind_display(), ""),
            (_("State"), state_of(network) or _("ordinary"), ""),
        ]
        if into := network.merged_into:
            there = reverse("admin:forums_network_change", args=[into.pk])
            facts.append((_("Merged into"), into.name, there))
        for row in coordinators[:MANY]:
            there = reverse("admin:accounts_member_change", args=[row.member_id])
            facts.append((_("Coordinator"), f"{row.member} @{row.member.handle}", there))
        log = reverse("moderation_log")
        return [
            *facts,
            (_("Members"), network.member_count, ""),
            (_("Boards"), Board.objects.filter(network=network).count(), ""),
            (_("Registered"), dates.exactly(network.created_at), ""),
            (_("Last active"), dates.exactly(network.last_active_at), ""),
            (_("Last confirmed"), dates.exactly(network.confirmed_at), ""),
            (_("Join requests waiting longer than 30 days"), _left_waiting(network), ""),
            (
                _("Asked of the moderators"),
                waiting,
                f"{staff_requests}?q={network.pk}" if waiting else "",
            ),
            (_("In the public log"), _("find them"), f"{log}?network={network.pk}"),
        ]

    def more(self, network: Network) -> dict[str, Any]:
        return {"site_link": network.get_absolute_url(), "text_html": network.story_html}

    def decisions(self, network: Network) -> list[Decision]:
        """Its own, and those that merged others into it."""
        merged = Decision.objects.filter(act=Act.MERGE, network__merged_into=network)
        return history(Decision.objects.filter(network=network), merged)


def _left_waiting(network: Network) -> str:
    """How many ask to join since long, counted to a hundred."""
    since = timezone.now() - LONG
    waiting = JoinRequest.objects.filter(network=network, decided_at=None, created_at__lt=since)
    count = waiting[: MANY + 1].count()
    return f"{MANY}+" if count > MANY else str(count)


class WaitingFilter(admin.SimpleListFilter):
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
        return queryset.filter(decided_at__isnull=self.value() != "yes")


@admin.register(StaffRequest)
class StaffRequestAdmin(Desk):
    """What waits for the moderators, the oldest first."""

    offers = REQUEST_ACTS
    list_display = ("number", "asks", "about", "who", "why", "asked", "answered")
    list_display_links = ("number", "asks")
    list_filter = (WaitingFilter, "kind")
    ordering = ("created_at", "id")
    related = ("network", "member", "decided_by")
    search_help_text = _("A number, words of the network's name, or its coordinator's")

    def visible_to(self, member: Any) -> QuerySet[StaffRequest]:
        return StaffRequest.objects.filter(network__in=Network.objects.visible_to(member))

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        named = networks_by_name(term) | networks_by_coordinator(term)
        found = [StaffRequest.objects.filter(network__in=named)]
        if (number := number_in(term)) is not None:
            found.append(StaffRequest.objects.filter(network=number))
        return found

    @admin.display(description=_("asks"))
    def asks(self, staff_request: StaffRequest) -> str:
        return staff_request.get_kind_display()

    @admin.display(description=_("network"))
    def about(self, staff_request: StaffRequest) -> str:
        return staff_request.network.name

    @admin.display(description=_("who"))
    def who(self, staff_request: StaffRequest) -> str:
        return f"{staff_request.member} @{staff_request.member.handle}"

    @admin.display(description=_("why"))
    def why(self, staff_request: StaffRequest) -> str:
        return staff_request.reason[:120]

    @admin.display(description=_("asked"))
    def asked(self, staff_request: StaffRequest) -> str:
        return dates.ago(staff_request.created_at, timezone.now())

    @admin.display(description=_("answered"), empty_value="")
    def answered(self, staff_request: StaffRequest) -> str:
        return _answer_of(staff_request)

    def target_note(self, staff_request: StaffRequest) -> str:
        return " · ".join(
            filter(
                None,
                [
                    staff_request.get_kind_display(),
                    self.who(staff_request),
                    staff_request.reason,
                    _answer_of(staff_request),
                ],
            )
        )

    def facts(self, staff_request: StaffRequest, request: HttpRequest) -> list[Fact]:
        network = reverse("admin:forums_network_change", args=[staff_request.network_id])
        member = reverse("admin:accounts_member_change", args=[staff_request.member_id])
        facts: list[Fact] = [
            (_("Number"), staff_request.pk, ""),
            (_("Asks"), staff_request.get_kind_display(), ""),
            (_("Network"), staff_request.network.name, network),
            (_("Who"), self.who(staff_request), member),
            (_("Why"), staff_request.reason, ""),
            (_("Asked"), dates.exactly(staff_request.created_at), ""),
            (_("State"), _answer_of(staff_request) or _("waiting"), ""),
        ]
        if staff_request.decided_at:
            facts.append((_("Answer"), staff_request.answer, ""))
            facts.append((_("Answered"), dates.exactly(staff_request.decided_at), ""))
            facts.append((_("Answered by"), staff_request.decided_by, ""))
        return facts

    def decisions(self, staff_request: StaffRequest) -> list[Decision]:
        return history(Decision.objects.filter(network=staff_request.network_id))


def _answer_of(staff_request: StaffRequest) -> str:
    if staff_request.decided_at is None:
        return ""
    return str(_("granted") if staff_request.granted else _("refused"))
