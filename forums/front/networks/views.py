"""A network's pages: its overview, topics, timeline, history, and what waits for its coordinators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forums.activities import rows
from forums.base.errors import CoordinatorsOnly
from forums.base.offline import readable_offline
from forums.base.view_helpers import MemberRequest, signed_in
from forums.discussions.topics import lists as topic_lists
from forums.front.networks import neighbours, parts, sentences, timeline
from forums.front.networks.linked_data import of_network
from forums.front.networks.printed import lines as printed_lines
from forums.front.networks.printed import printed
from forums.groups.memberships.network_page import network_page, page_context
from forums.groups.memberships.permissions import can_read_history
from forums.groups.networks.models import Network
from forums.kept.marking import kept_for_visitors
from forums.sharing.sending import send_on
from forums.text.noted import true_today

LATEST = 4  # topics on the overview
LINES = 6  # of the timeline there


# -- What everyone may read ---------------------------------------------------------------------


@require_safe
@kept_for_visitors()
@readable_offline
@network_page
def overview(request: HttpRequest, network: Network) -> HttpResponse:
    """Who they are, what they did, whether they are alive."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    true_today(today)
    found = parts.parts(network, request.user, month=today.replace(day=1))
    lines = timeline.events(network, request.user, limit=LINES) + found.events
    lines.sort(key=lambda line: line.at, reverse=True)
    context = page_context(request, network, "overview")
    return render(
        request,
        "networks/overview.html",
        {
            **context,
            "neighbours": neighbours.section(network),
            "parts": found,
            "topics": topic_lists.latest_of(
                request.user,
                network.pk,
                boards=[board.pk for board in found.boards],
                count=LATEST,
            ),
            "activities": rows.of_network(network, request.user, 4),
            "lines": printed_lines(sentences.tell(lines[:LINES])),
            **printed(network, found)._asdict(),
            **_elsewhere(network, context["drawn"]),
        },
    )


def _elsewhere(network: Network, drawn: str) -> dict[str, Any]:
    """What machines read of it, and how to send it on; nothing where it has no picture (`drawn`)."""
    if not drawn:
        return {}
    return {
        "linked_data": of_network(network, picture=drawn),
        "send_on": send_on(path=network.short_url, title=network.name, is_public=True),
    }


@require_safe
def by_id(request: HttpRequest, pk: int) -> HttpResponse:
    """The short address that is passed on: to the page, whatever the network is called today."""
    return redirect(get_object_or_404(Network.objects.visible_to(request.user), pk=pk))


@require_safe
@network_page
def topics(request: HttpRequest, network: Network) -> HttpResponse:
    """The topics of its boards, and those it takes part in: all one may read."""
    boards = parts.boards_of(network, request.user)
    page = topic_lists.of_network(request.user, network.pk, request.GET, boards=boards)
    context = {**page_context(request, network, "topics"), "page": page, "has_boards": bool(boards)}
    return render(request, "networks/topics.html", context)


@require_safe
@network_page
def whole_timeline(request: HttpRequest, network: Network) -> HttpResponse:
    """All that happened, as far as one may know it."""
    page = timeline.timeline(network, request.user, request.GET)
    lines = sentences.tell(page.rows)
    if not page.next and network.since_year:
        lines.append(sentences.began(network))
    context = {
        **page_context(request, network, "overview"),
        "page": page,
        "lines": printed_lines(lines),
    }
    return render(request, "networks/timeline.html", context)


@require_safe
@signed_in
@network_page
def history(request: MemberRequest, network: Network) -> HttpResponse:
    """Every line of it, for its coordinators."""
    if not can_read_history(request.user, network):
        raise CoordinatorsOnly(network.get_absolute_url())
    page = timeline.history(network, request.user, request.GET)
    context = {
        **page_context(request, network, "manage"),
        "page": page,
        "lines": sentences.tell_all(page.rows),
    }
    return render(request, "networks/history.html", context)


@require_safe
@signed_in
@network_page
def manage(request: MemberRequest, network: Network) -> HttpResponse:
    """All there is to look after, with what waits."""
    if not can_read_history(request.user, network):
        raise CoordinatorsOnly(network.get_absolute_url())
    context = {**page_context(request, network, "manage"), "waiting": parts.waiting(network)}
    return render(request, "networks/manage.html", context)
