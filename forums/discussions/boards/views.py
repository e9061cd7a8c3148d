"""Pages of boards: all of them, and one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums.base.errors import ForumError, NotAllowed
from forums.base.view_helpers import refuse, signed_in
from forums.discussions.boards import network_boards
from forums.discussions.boards.forms import NetworkBoardForm
from forums.discussions.boards.models import Board, OpenTo
from forums.discussions.boards.permissions import can_start
from forums.discussions.topics import lists
from forums.discussions.topics.models import Topic
from forums.groups.memberships.network_page import network_page, shell
from forums.groups.networks.models import Network


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


def _coordinators_only(context: dict[str, object]) -> None:
    if not context["may_coordinate"]:
        raise NotAllowed(_("Only its coordinators look after a network."))


@signed_in
@network_page
def network_board_list(request: HttpRequest, network: Network) -> HttpResponse:
    """A network's boards, for its coordinators: see them, open another."""
    context = shell(request, network, "manage")
    _coordinators_only(context)
    form, status = NetworkBoardForm(initial={"emblem": network.emblem}), 200
    if request.method == "POST":
        form, status = NetworkBoardForm(request.POST), 400
        if form.is_valid():
            try:
                opened = network_boards.open_board(
                    member=request.user,  # type: ignore[arg-type]
                    network=network,
                    **form.cleaned_data,
                )
            except ForumError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("The board is open."))
                return redirect(opened)
    boards = Board.objects.filter(network=network)
    labels = dict(OpenTo.choices)
    context |= {
        "boards": [(board, labels[OpenTo(board.open_to)]) for board in boards],
        "form": form,
    }
    return render(request, "boards/network_boards.html", context, status=status)


@signed_in
@network_page
def network_board(request: HttpRequest, network: Network, pk: int) -> HttpResponse:
    """Change one of a network's boards."""
    context = shell(request, network, "manage")
    _coordinators_only(context)
    found = get_object_or_404(Board, network=network, pk=pk)
    initial = {name: getattr(found, name) for name in ("name", "scope", "open_to", "emblem")}
    form, status = NetworkBoardForm(initial=initial), 200
    if request.method == "POST":
        form, status = NetworkBoardForm(request.POST), 400
        if form.is_valid():
            data = form.cleaned_data
            data["emblem"] = data["emblem"] or found.emblem
            try:
                network_boards.change_board(member=request.user, board=found, **data)  # type: ignore[arg-type]
            except ForumError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("The board is changed."))
                return redirect("network_boards", slug=network.slug)
    context |= {"board": found, "form": form}
    return render(request, "boards/network_board.html", context, status=status)


@require_POST
@signed_in
@network_page
def network_board_close(request: HttpRequest, network: Network, pk: int) -> HttpResponse:
    """Take an empty board away."""
    found = get_object_or_404(Board, network=network, pk=pk)
    network_boards.close_board(member=request.user, board=found)  # type: ignore[arg-type]
    messages.success(request, _("The board is gone."))
    return redirect("network_boards", slug=network.slug)
