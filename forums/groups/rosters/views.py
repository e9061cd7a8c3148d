"""Bringing many by a file: choose it, look at what was read, send it, watch how it goes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from forums.base.csv_files import written
from forums.base.errors import ForumError, NotAllowed
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted
from forums.groups.invitations.actions import refuse_newcomer
from forums.groups.memberships.network_page import for_coordinators, page_context
from forums.groups.networks.models import Network
from forums.groups.rosters import actions, lists
from forums.groups.rosters.forms import RosterForm
from forums.groups.rosters.models import Roster
from forums.groups.rosters.plan import NoRoomAhead, plan

LINES = 20  # addresses of a file, before they are invited

_kept_nowhere = cache_control(private=True, no_store=True)  # pages that show strangers' addresses


@require_http_methods(WRITES)
@_kept_nowhere
@for_coordinators
def bring(request: MemberRequest, network: Network) -> HttpResponse:
    """Choose a file; below, those that were sent."""
    refuse_newcomer(request.user, network)
    form = RosterForm(*posted(request))
    sent = Submission(form, lambda data: _kept(request, network, data), passing=NotAllowed)
    if sent.done:
        return redirect("network_roster", slug=network.slug, pk=sent.made.pk)
    context = page_context(request, network, "members")
    context |= {"form": form, "rosters": lists.rosters(network)}
    return render(request, "rosters/bring.html", context, status=sent.status)


def _kept(request: MemberRequest, network: Network, data: dict[str, Any]) -> Roster:
    file = data["file"]
    found = actions.read_file(coordinator=request.user, network=network, file=file)
    return actions.keep(
        coordinator=request.user,
        network=network,
        found=found,
        days=data["days"],
        file_name=file.name or "",
    )


@require_http_methods(WRITES)
@_kept_nowhere
@for_coordinators
def roster(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """What a file says before it is sent, to who brought it; afterwards how it goes, to every coordinator."""
    found = _at(request, network, pk)
    status = 200
    if request.method == "POST":
        try:
            return _answered(request, found)
        except NotAllowed:
            raise
        except ForumError as refusal:  # the file is still there, to be sent later
            messages.error(request, str(refusal.message))
            status = refusal.status
    rows = lists.faults(found)
    context = page_context(request, network, "members") | {
        "roster": found,
        "faults": rows[: lists.SHOWN],
        "fault_count": len(rows),
        "more_faults": max(0, len(rows) - lists.SHOWN),
    }
    if found.sent_at is not None:
        context["progress"] = lists.progress(found)
        return render(request, "rosters/progress.html", context, status=status)
    return render(request, "rosters/preview.html", context | _ahead(found), status=status)


def _ahead(found: Roster) -> dict[str, Any]:
    """Who would be invited, and when."""
    addresses = list(found.lines.order_by("line").values_list("line", "address"))
    try:
        portions, no_room = plan(found.created_by, len(addresses)), ""
    except NoRoomAhead as error:
        portions, no_room = [], str(error.message)
    return {
        "count": len(addresses),
        "addresses": addresses[:LINES],
        "more": max(0, len(addresses) - LINES),
        "portions": portions,
        "no_room": no_room,
    }


def _answered(request: MemberRequest, found: Roster) -> HttpResponse:
    """By the button that was pressed."""
    if "send" in request.POST:
        actions.send(coordinator=request.user, roster=found)
        messages.success(request, _("The invitations are on their way. Here is how it goes."))
    elif "stop" in request.POST:
        count = actions.stop(coordinator=request.user, roster=found)
        words = ngettext(
            "%(count)d invitation was taken back; its letter does not go out.",
            "%(count)d invitations were taken back; their letters do not go out.",
            count,
        )
        messages.success(request, words % {"count": count})
    elif "discard" in request.POST:
        actions.discard(coordinator=request.user, roster=found)
        messages.success(request, _("The file was thrown away. Nobody was invited."))
        return redirect("network_rosters", slug=found.network.slug)
    return redirect("network_roster", slug=found.network.slug, pk=found.pk)


@require_safe
@_kept_nowhere
@for_coordinators
def faults(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """The lines that were not taken, as a file to mend."""
    found = _at(request, network, pk)
    cells = lists.fault_rows(lists.faults(found))
    response = HttpResponse("".join(written(cells)), content_type="text/csv; charset=utf-8")
    name = f"{_('Lines to mend')}-{found.pk}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _at(request: MemberRequest, network: Network, pk: int) -> Roster:
    """Not sent yet it is hers alone who brought it."""
    kept = Roster.objects.select_related("network", "created_by")
    found = get_object_or_404(kept, pk=pk, network=network)
    if found.sent_at is None and found.created_by_id != request.user.pk:
        raise Http404
    return found
