"""Pages that list topics: of a board, of a tag."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forums.base.offline import readable_offline
from forums.discussions.boards.lists import board_at
from forums.discussions.boards.permissions import can_start
from forums.discussions.topics import lists
from forums.groups.directory import lists as directory
from forums.kept.marking import kept_for_visitors
from forums.tags.models import Tag


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The topics of one tag, and its networks. A tag only on what one may not read is 404, like no tag."""
    found = get_object_or_404(Tag, slug=slug)
    page = lists.newest(request.GET, member=request.user, among=lists.with_tag(found))
    networks, more_networks = directory.tagged(found.key)
    if not page.rows and page.is_first and not networks:
        raise Http404
    context = {"tag": found, "page": page, "networks": networks, "more_networks": more_networks}
    return render(request, "topics/tag.html", context)


@require_safe
@kept_for_visitors()
@readable_offline
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """One board: its rooms, its pinned topics, then the latest."""
    found, rooms = board_at(slug, request.user)
    return render(
        request,
        "boards/board.html",
        {
            "board": found,
            "rooms": rooms,
            "page": lists.of_board(found, request.GET, member=request.user),
            "may_start": can_start(request.user, found),
        },
    )
