"""The traffic log in the admin: looks that were recorded, a form for the next one, and who has the right."""

from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.proof import need_proof
from forums.base.csv_files import written
from forums.base.view_helpers import Submission, posted
from forums.moderation.desks.desk import Desk, Fact
from forums.moderation.permissions import can_administer
from forums.privacy.traffic import actions, lists
from forums.privacy.traffic.forms import LookForm, ReaderForm
from forums.privacy.traffic.models import TrafficLook, TrafficReader
from forums.privacy.traffic.permissions import can_read_lines, can_read_traffic, can_see_looks
from forums.text import dates


@admin.register(TrafficLook)
class TrafficLookAdmin(Desk):
    """Who has looked; whoever may look does so by adding one."""

    list_display = ("number", "reader", "when", "about", "why")
    list_display_links = ("number", "when")
    ordering = ("-at", "-id")
    related = ("reader",)
    search_fields = ()
    object_template = "admin/desk/traffic_look.html"

    def visible_to(self, member: Any) -> QuerySet[TrafficLook]:
        return TrafficLook.objects.all()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_see_looks(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_see_looks(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_read_traffic(request.user)

    @admin.display(description=_("when"))
    def when(self, look: TrafficLook) -> str:
        return dates.exactly(look.at)

    @admin.display(description=_("what was looked for"))
    def about(self, look: TrafficLook) -> str:
        named = [look.net] if look.net else []
        if look.account is not None:
            named.insert(0, gettext("account %(number)s") % {"number": look.account})
        span = f"{dates.exactly(look.since)} – {dates.exactly(look.until)}"
        return " · ".join([*named, span])

    def facts(self, look: TrafficLook, request: HttpRequest) -> list[Fact]:
        reader = reverse("admin:accounts_member_change", args=[look.reader_id])
        return [
            (_("Who looked"), look.reader, reader),
            (_("When"), dates.exactly(look.at), ""),
            (_("What was looked for"), self.about(look), ""),
            (_("Why"), look.why, ""),
        ]

    def more(self, look: TrafficLook) -> dict[str, Any]:
        return {"decisions": None}

    def get_urls(self) -> list[Any]:
        sheet = self.admin_site.admin_view(self.sheet_view)
        return [
            path("<int:look>/lines.csv", sheet, name="forums_trafficlook_lines"),
            *super().get_urls(),
        ]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Ask what and why; the look is recorded before a line is shown."""
        reader = request.user
        if not isinstance(reader, Member) or not self.has_add_permission(request):
            raise PermissionDenied
        need_proof(request)
        form = LookForm(*posted(request))
        sent = Submission(form, lambda data: actions.look(reader=reader, **data))
        if sent.done:
            return _to("admin:forums_trafficlook_change", sent.made.pk)
        title, send = _("Look into the traffic log"), _("Record it, and show the lines")
        return _form(self, request, title, send, form, sent.status)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What was asked; to who asked it, for a day, the lines, too."""
        response = super().change_view(request, object_id, form_url, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            look = response.context_data["original"]
            if can_read_lines(request.user, look, timezone.now()):
                page = lists.lines_of(look, request.GET)
                sheet = reverse("admin:forums_trafficlook_lines", args=[look.pk])
                response.context_data |= {"page": page, "sheet": sheet}
        return response

    def sheet_view(self, request: HttpRequest, look: int) -> StreamingHttpResponse:
        """The lines as a sheet, to who asked for them."""
        found = TrafficLook.objects.filter(pk=look).first()
        if found is None:
            raise Http404
        if not can_read_lines(request.user, found, timezone.now()):
            raise PermissionDenied
        heads = [["time", "address", "port", "account", "handle", "request"]]
        lines = (
            [
                row.at.isoformat(),
                row.address,
                str(row.port or ""),
                str(row.account or ""),
                row.handle,
                row.kind,
            ]
            for row in lists.all_lines_of(found)
        )
        response = StreamingHttpResponse(
            written(chain(heads, lines)),
            content_type="text/csv; charset=utf-8",
        )
        response["Content-Disposition"] = f'attachment; filename="traffic-{found.pk}.csv"'
        response["Cache-Control"] = "private, no-store"
        return response


@admin.register(TrafficReader)
class TrafficReaderAdmin(Desk):
    """Who may look: administrators give the right, and take it."""

    list_display = ("member", "given_by", "given")
    ordering = ("-given_at",)
    related = ("member", "given_by")
    search_fields = ()

    def visible_to(self, member: Any) -> QuerySet[TrafficReader]:
        return TrafficReader.objects.all()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_administer(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_administer(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_administer(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_administer(request.user)

    @admin.display(description=_("given"))
    def given(self, reader: TrafficReader) -> str:
        return dates.exactly(reader.given_at)

    def facts(self, reader: TrafficReader, request: HttpRequest) -> list[Fact]:
        member = reverse("admin:accounts_member_change", args=[reader.pk])
        return [
            (_("Who reads the traffic log"), reader.member, member),
            (_("Given by"), reader.given_by, ""),
            (_("Given"), self.given(reader), ""),
        ]

    def more(self, reader: TrafficReader) -> dict[str, Any]:
        away = reverse("admin:forums_trafficreader_delete", args=[reader.pk])
        return {"buttons": [({"label": _("Take the right away")}, away)], "decisions": None}

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Whom to give it to."""
        head = request.user
        if not isinstance(head, Member) or not can_administer(head):
            raise PermissionDenied
        need_proof(request)
        form = ReaderForm(*posted(request))
        sent = Submission(
            form, lambda data: actions.give_right(administrator=head, member=data["handle"])
        )
        if sent.done:
            given = _("%(member)s may read the traffic log from now on.")
            messages.success(request, given % {"member": sent.made.member})
            return _to("admin:forums_trafficreader_changelist")
        title, send = _("Give the right to read the traffic log"), _("Give the right")
        return _form(self, request, title, send, form, sent.status)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Whom to take it from: asked for a proof, as when it is given."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        need_proof(request)
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: TrafficReader) -> None:
        assert isinstance(request.user, Member)  # noqa: S101 - the admin lets nobody else in
        actions.take_right(administrator=request.user, reader=obj)


def _to(name: str, *args: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=args))


def _form(
    desk: Desk, request: HttpRequest, title: Any, send: Any, form: Any, status: int
) -> TemplateResponse:
    context = {
        **desk.admin_site.each_context(request),
        "title": title,
        "opts": desk.opts,
        "send": send,
        "form": form,
        "back": reverse(f"admin:forums_{desk.opts.model_name}_changelist"),
    }
    return TemplateResponse(request, "admin/desk/form.html", context, status=status)
