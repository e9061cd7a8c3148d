"""The moderators' desk: admin lists that never count, pages that only show, and acts that ask why.

Topics, posts, members and decisions build on it. Nothing here writes but through
`moderation.actions`; there is no adding, no editing and no deleting.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import Action, ActionLocation
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Member
from accounts.proof import need_proof
from forums.base.view_helpers import Submission, posted
from forums.moderation.actions import MOST, each
from forums.moderation.desks.acts import ModerationAct
from forums.moderation.desks.paginator import CappedPaginator
from forums.moderation.forms import ActForm
from forums.moderation.lookups import any_of, number_in
from forums.moderation.models import Decision
from forums.moderation.moved.preview import Preview
from forums.moderation.permissions import can_moderate

_SHOWN = ("moderator", "post", "topic", "network", "activity", "organisation")
HISTORY = 50  # decisions that stand on an object's page
Fact = tuple[Any, object, str]  # label, value, address to link to or ''
_FILTER_LOOKUPS = ("__exact", "__id__exact", "__gte", "__lt")  # what Django's filters ask with


class Desk(admin.ModelAdmin):
    """What the desks have in common. A subclass says how to find, to show and what can be done."""

    offers: Sequence[ModerationAct] = ()
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = list_max_show_all = 50
    ordering: ClassVar[tuple[str, ...]] = ("-id",)
    sortable_by = ()
    # So that there is a box; `find` says what it finds.
    search_fields: ClassVar[tuple[str, ...]] = ("id",)
    related: Sequence[str] = ()
    object_template = "admin/desk/object.html"

    # -- for a subclass to say -------------------------------------------------------------------

    def visible_to(self, member: Any) -> QuerySet[Any]:
        """The rows this moderator may see."""
        raise NotImplementedError

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        """Querysets that together are what the search box finds, beside the row of that number."""
        return ()

    def facts(self, obj: Any, request: HttpRequest) -> list[Fact]:
        """What an object's page says of it."""
        raise NotImplementedError

    def more(self, obj: Any) -> dict[str, Any]:
        """What else its template needs."""
        return {}

    def decisions(self, obj: Any) -> list[Decision]:
        """Its history, newest first."""
        return []

    # -- who may -----------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_moderate(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_moderate(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # only through an act

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # -- the list ----------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("Number"))
    def number(self, obj: Any) -> int:
        return int(obj.pk)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self.visible_to(request.user)
        return rows.select_related(*self.related) if self.related else rows

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what a filter offers: ?email__startswith=a would tell an address letter by letter."""
        allowed = set()
        filters: Sequence[Any] = self.get_list_filter(request)
        for item in filters:
            if isinstance(item, type) and issubclass(item, admin.SimpleListFilter):
                allowed.add(item.parameter_name)
            else:
                name = item if isinstance(item, str) else item[0]
                allowed |= {name + suffix for suffix in _FILTER_LOOKUPS}
        return lookup in allowed

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = self.opts.verbose_name_plural
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not search_term.strip():
            return queryset, False
        found = list(self.find(search_term[:200], request))
        if (number := number_in(search_term)) is not None:
            found.append(self.model._default_manager.filter(pk=number))
        if not found:
            return queryset.none(), False
        # Looked for once: the list and its count would each do so again.
        return queryset.filter(pk__in=[row["pk"] for row in any_of(*found)]), False

    # -- acts --------------------------------------------------------------------------------------

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        if action_location != ActionLocation.CHANGE_LIST:
            return {}  # an object's page has buttons
        return {
            offer.act.value: Action(
                func=_asking(offer),
                name=offer.act.value,
                description=offer.label,
                plural_description=offer.label,
                locations=[action_location],
            )
            for offer in self.offers
            if offer.allowed(request.user)
        }

    def response_action(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        action_location: ActionLocation = ActionLocation.CHANGE_LIST,
    ) -> HttpResponse | None:
        if any(number_in(pk) is None for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest
        return super().response_action(request, queryset, action_location)

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        act = path("act/<slug:act>/", self.admin_site.admin_view(self.act_view), name=name)
        return [act, *super().get_urls()]

    def act_view(self, request: HttpRequest, act: str) -> HttpResponse:
        """Ask why, and do it: to the objects `?ids=` names, one or several."""
        offer = next((offer for offer in self.offers if offer.act == act), None)
        if offer is None:
            raise Http404
        if not isinstance(request.user, Member) or not offer.allowed(request.user):
            raise PermissionDenied
        if offer.asks_for_proof:
            need_proof(request)
        targets = self._targets(request)
        moderator = request.user
        form = offer.form(*posted(request), moderator=moderator)
        asked_again = self._asked_again(request, offer, targets, form)
        unsent = offer.form(moderator=moderator)
        sent = Submission(
            unsent if asked_again else form,
            lambda data: each(offer.run, targets, moderator=moderator, **data),
        )
        if sent.done:
            self._say(request, offer, sent.made, len(targets))
            return HttpResponseRedirect(self._back(request, targets))
        context = {
            **self.admin_site.each_context(request),
            "title": f"{offer.label}: {self.opts.verbose_name}",
            "opts": self.opts,
            "offer": offer,
            "targets": [(self.name_of(each), self.target_note(each)) for each in targets],
            "form": form,
            "preview": asked_again,
            "back": self._back(request, targets),
        }
        return TemplateResponse(request, "admin/desk/act.html", context, status=sent.status)

    def _asked_again(
        self, request: HttpRequest, offer: ModerationAct, targets: list[Any], form: ActForm
    ) -> Preview | None:
        """What would be moved, until it was seen and agreed to: as it was shown, into the same."""
        if offer.preview is None or not (form.is_bound and form.is_valid()):
            return None
        shown = offer.preview(targets, form.cleaned_data["into"])
        return None if request.POST.get("sure") == shown.sure else shown

    def name_of(self, obj: Any) -> str:
        """What an object is called where an act asks about it, and on its own page."""
        return str(obj)

    def target_note(self, obj: Any) -> str:
        """What stands behind an object's name where an act asks about it."""
        return ""

    def _targets(self, request: HttpRequest) -> list[Any]:
        """Those of `?ids=` there are, one at least; of the others it says how many are left out."""
        ids = {number_in(pk) for pk in request.GET.get("ids", "").split(",")[: MOST + 1]}
        targets = list(self.get_queryset(request).filter(pk__in=ids - {None}).order_by("pk"))
        if not targets or len(ids) > MOST:
            raise Http404
        if missing := len(ids) - len(targets):
            text = ngettext(
                "%(count)d number is not here, and is left out.",
                "%(count)d numbers are not here, and are left out.",
                missing,
            )
            messages.warning(request, text % {"count": missing})
        return targets

    def _back(self, request: HttpRequest, targets: Sequence[Any]) -> str:
        """To the list as it was, or to the one object's page."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if (query := request.GET.get("list")) is not None:
            return reverse(f"{name}_changelist") + (f"?{query}" if query else "")
        return reverse(f"{name}_change", args=[targets[0].pk])

    def _say(self, request: HttpRequest, offer: ModerationAct, changed: int, asked: int) -> None:
        if changed:
            text = ngettext("%(act)s: %(count)d done.", "%(act)s: %(count)d done.", changed) % {
                "act": offer.label,
                "count": changed,
            }
            messages.success(request, text)
        if same := asked - changed:
            text = ngettext(
                "%(act)s: %(count)d was so already.", "%(act)s: %(count)d were so already.", same
            ) % {"act": offer.label, "count": same}
            messages.info(request, text)

    # -- one object --------------------------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Everything about one object, the acts it asks for, and the decisions about it."""
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied
        number = number_in(object_id)
        obj = self.get_queryset(request).filter(pk=number).first() if number is not None else None
        if obj is None:
            raise Http404
        act = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name,
            "subtitle": self.name_of(obj),
            "opts": self.opts,
            "original": obj,
            "facts": self.facts(obj, request),
            "buttons": [
                (offer, f"{reverse(act, args=[offer.act.value])}?ids={obj.pk}")
                for offer in self.offers
                if offer.applies(obj) and offer.allowed(request.user)
            ],
            "decisions": self.decisions(obj),
            **self.more(obj),
        }
        return TemplateResponse(request, self.object_template, context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history stands on the object's page."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[object_id]) + "#history")


def _asking(
    offer: ModerationAct,
) -> Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse | None]:
    """What the list's drop-down runs: it only leads to the page that asks why."""

    def ask(desk: Desk, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
        if len(ids) > MOST:
            messages.error(request, _("Up to %(most)d at once, please.") % {"most": MOST})
            return None
        if not ids:
            return None
        name = f"admin:{desk.opts.app_label}_{desk.opts.model_name}_act"
        query = urlencode({"ids": ",".join(map(str, ids)), "list": request.GET.urlencode()})
        return HttpResponseRedirect(f"{reverse(name, args=[offer.act.value])}?{query}")

    return ask


def history(*found: QuerySet[Decision]) -> list[Decision]:
    """The newest decisions of these querysets together, each with who made it."""
    rows = [
        decision
        for decisions in found
        for decision in decisions.select_related(*_SHOWN).order_by("-id")[:HISTORY]
    ]
    return sorted(rows, key=lambda decision: decision.pk, reverse=True)[:HISTORY]
