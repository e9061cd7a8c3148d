"""Pages of boards: all of them, and one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forums.boards.models import Board
from forums.boards.permissions import can_start
from forums.topics import lists
from forums.topics.models import Topic


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """Every board one may enter, rooms under the board they stand in."""
    found = list(Board.objects.visible_to(request.user).of_the_house())
    rooms: dict[int | None, list[Board]] = {}
    for board in found:
        rooms.setdefault(board.parent_id, []).append(board)
    tops = []
    for board in rooms.get(None, []):
        inside = rooms.get(board.pk, [])
        tops.append((board, inside, board.topic_count + sum(room.topic_count for room in inside)))
    return render(request, "boards/boards.html", {"tops": tops})


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """One board: its rooms, its pinned topics, then the latest."""
    found = get_object_or_404(
        Board.objects.visible_to(request.user).select_related("parent", "network"), slug=slug
    )
    topics = Topic.objects.for_list(request.user).filter(board=found)
    return render(
        request,
        "boards/board.html",
        {
            "board": found,
            "rooms": Board.objects.visible_to(request.user).filter(parent=found),
            "page": lists.with_pinned(topics, request.GET),
            "may_start": can_start(request.user, found),
        },
    )
