"""Asking the site's moderators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums.base.errors import ForumError, NotAllowed
from forums.base.view_helpers import WRITES, me, refuse, signed_in
from forums.groups.memberships.network_page import network_page, page_context
from forums.groups.networks.models import Network
from forums.groups.staff_requests.actions import ask_moderators
from forums.groups.staff_requests.forms import StaffRequestForm
from forums.groups.staff_requests.models import StaffRequest
from forums.groups.staff_requests.permissions import requests_open_to


@require_http_methods(WRITES)
@signed_in
@network_page
def ask(request: HttpRequest, network: Network) -> HttpResponse:
    """Ask that the network is verified, or to take over one that nobody looks after."""
    kinds = requests_open_to(request.user, network)
    if request.method != "POST":
        return _ask_page(request, network, StaffRequestForm(kinds=kinds))
    if not kinds:
        raise NotAllowed(_("This cannot be asked for this network, or not by you."))
    form = StaffRequestForm(request.POST, kinds=kinds)
    if not form.is_valid():
        return _ask_page(request, network, form, status=400)
    data = form.cleaned_data
    try:
        ask_moderators(member=me(request), network=network, kind=data["kind"], reason=data["why"])
    except ForumError as error:
        return _ask_page(request, network, form, status=refuse(form, error))
    messages.success(request, _("The moderators have been asked. Their answer will stand here."))
    return redirect("network_ask", network.slug)


def _ask_page(
    request: HttpRequest, network: Network, form: StaffRequestForm, *, status: int = 200
) -> HttpResponse:
    mine = StaffRequest.objects.filter(network=network, member=me(request)).order_by(
        "-created_at", "-id"
    )
    context = {**page_context(request, network, "overview"), "form": form, "pleas": list(mine[:20])}
    context["may_ask"] = bool(form.fields["kind"].choices)  # type: ignore[attr-defined]
    return render(request, "networks/ask.html", context, status=status)
