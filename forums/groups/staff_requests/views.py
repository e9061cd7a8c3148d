"""Asking the site's moderators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums.base.errors import NotAllowed
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.groups.memberships.network_page import network_page, page_context
from forums.groups.networks.models import Network
from forums.groups.staff_requests.actions import ask_moderators
from forums.groups.staff_requests.forms import StaffRequestForm
from forums.groups.staff_requests.models import StaffRequest
from forums.groups.staff_requests.permissions import requests_open_to


@require_http_methods(WRITES)
@signed_in
@network_page
def ask(request: MemberRequest, network: Network) -> HttpResponse:
    """Ask that the network is verified, or to take over one that nobody looks after."""
    kinds = requests_open_to(request.user, network)
    if request.method == "POST" and not kinds:
        raise NotAllowed(_("This cannot be asked for this network, or not by you."))
    form = StaffRequestForm(*posted(request), kinds=kinds)
    sent = Submission(
        form,
        lambda data: ask_moderators(
            member=request.user, network=network, kind=data["kind"], reason=data["why"]
        ),
        drafts_of=request,
    )
    if sent.done:
        messages.success(
            request, _("The moderators have been asked. Their answer will stand here.")
        )
        return redirect("network_ask", network.slug)
    mine = StaffRequest.objects.filter(network=network, member=request.user)
    context = page_context(request, network, "overview") | {
        "form": form,
        "staff_requests": list(mine.order_by("-created_at", "-id")[:20]),
        "may_ask": bool(kinds),
    }
    return render(request, "networks/ask.html", context, status=sent.status)
