"""Home and its sisters: the lists of topics."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.activities import rows as activity_rows
from forums.base.keyset import Page
from forums.base.offline import readable_offline
from forums.discussions.boards.lists import of_the_house
from forums.discussions.posts.permissions import is_new_here
from forums.discussions.topics import lists
from forums.discussions.topics.rows import TopicRow
from forums.front.home import beside
from forums.groups.directory import lists as directory
from forums.kept.marking import kept_for_visitors

GARLAND, BEADS = 3, 8  # networks at least that make one, else rooms at most
NETWORKS, BOARDS = 5, 12  # beside the list

LISTS: dict[str, Callable[..., Page[TopicRow]]] = {
    "home": lists.latest,
    "new": lists.newest,
    "unanswered": lists.unanswered,
    "hot": lists.hot,
}


@require_safe
@kept_for_visitors()
@readable_offline
def topic_list(request: HttpRequest, order: str) -> HttpResponse:
    """Home and its sisters: latest, new, unanswered, hot."""
    if order == "home" and request.user.is_authenticated and request.user.see_others:
        page = lists.latest_seeing_others(request.GET, member=request.user)
    else:
        page = LISTS[order](request.GET, member=request.user)
    welcome = order == "home" and page.is_first and not request.user.is_authenticated
    context: dict[str, Any] = {"order": order, "page": page, "welcome": welcome}
    context["unanswered"] = lists.count_unanswered(request.user)
    context["networks"] = networks = directory.active() if order == "home" else []
    boards = of_the_house(request.user)
    tops = [board for board in boards if board.parent_id is None]
    context["boards_beside"] = beside.of_boards(tops[:BOARDS])
    if order == "home":
        context["activities_beside"] = beside.of_activities(activity_rows.coming(request.user))
    if order == "home" and page.is_first:
        context["first_step"] = _is_offered_the_first_step(request.user)
    if welcome:  # its garland; the networks stand there by name
        holding = {board.parent_id for board in boards}
        rooms = [board for board in boards if board.pk not in holding]
        context["beads"] = networks if len(networks) >= GARLAND else rooms[:BEADS]
    else:
        context["networks_beside"] = beside.of_networks(networks[:NETWORKS])
    return render(request, "topics/list.html", context)


def _is_offered_the_first_step(member: Any) -> bool:
    """As long as she is new here, and has not closed the line."""
    return member.is_authenticated and member.first_step_closed_at is None and is_new_here(member)
