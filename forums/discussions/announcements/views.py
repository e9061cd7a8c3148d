"""A network's announcements: read them, make one, take it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.base.errors import NotAllowed
from forums.base.view_helpers import WRITES, MemberRequest, posted
from forums.discussions.announcements import actions, lists
from forums.discussions.announcements.forms import AnnounceForm
from forums.discussions.announcements.models import Announcement
from forums.groups.memberships.network_page import for_coordinators, network_page, page_context
from forums.groups.networks.models import Network
from forums.pictures.forms import Composing
from forums.text import dates


@require_safe
@network_page
def announcements(request: HttpRequest, network: Network) -> HttpResponse:
    """Those whose topics one may read."""
    context = page_context(request, network, "topics")
    mine = context["may_coordinate"]
    context["page"] = lists.announcements(network, request.user, request.GET, all_of_them=mine)
    return render(request, "announcements/announcements.html", context)


@require_http_methods(WRITES)
@for_coordinators
def new(request: MemberRequest, network: Network) -> HttpResponse:
    """Write one, look at it, send it."""
    form = AnnounceForm(*posted(request), network=network)
    sent = Composing(
        request,
        form,
        lambda data: actions.announce(coordinator=request.user, network=network, **data),
        passing=NotAllowed,
    )
    if sent.done:
        _say_when(request, sent.made)
        return redirect("network_announcements", slug=network.slug)
    next_at = actions.next_possible(network.pk, timezone.now())
    context = page_context(request, network, "manage") | {
        "form": form,
        "next_at": next_at,
        "others": network.member_count - 1,
        "minutes": actions.DELAY.seconds // 60,
        "most": actions.MOST,
        **sent.shown,
    }
    return render(request, "announcements/new.html", context, status=sent.status)


@require_POST
@for_coordinators
def take_back(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """Before anybody was told."""
    found = get_object_or_404(Announcement, pk=pk, network=network)
    actions.take_back(coordinator=request.user, announcement=found)
    messages.success(request, _("Taken back: nobody was told. The topic stands in its board."))
    return redirect("network_announcements", slug=network.slug)


@require_POST
@for_coordinators
def again(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """What was taken back, when it is right."""
    found = get_object_or_404(Announcement, pk=pk, network=network)
    _say_when(request, actions.announce_again(coordinator=request.user, announcement=found))
    return redirect("network_announcements", slug=network.slug)


def _say_when(request: MemberRequest, made: Announcement) -> None:
    said = {"time": dates.clock(made.goes_out_at)}
    words = _("Announced. Members are told from %(time)s on; until then you can take it back.")
    messages.success(request, words % said)
