"""Pages of boards: all of them, and a network's own, for its coordinators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.base.offline import readable_offline
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted
from forums.discussions.boards.actions import change_board, close_board, open_board
from forums.discussions.boards.forms import NetworkBoardForm
from forums.discussions.boards.models import Board, OpenTo
from forums.groups.memberships.network_page import for_coordinators, page_context
from forums.groups.networks.models import Network
from forums.kept.marking import kept_for_visitors


@require_safe
@kept_for_visitors()
@readable_offline
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


@require_http_methods(WRITES)
@for_coordinators
def network_board_list(request: MemberRequest, network: Network) -> HttpResponse:
    """A network's boards, for its coordinators: see them, open another."""
    context = page_context(request, network, "manage")
    form = NetworkBoardForm(*posted(request), initial={"emblem": network.emblem})
    sent = Submission(form, lambda data: open_board(member=request.user, network=network, **data))
    if sent.done:
        messages.success(request, _("The board is open."))
        return redirect(sent.made)
    boards = Board.objects.filter(network=network)
    labels = dict(OpenTo.choices)
    context |= {
        "boards": [(board, labels[OpenTo(board.open_to)]) for board in boards],
        "form": form,
    }
    return render(request, "boards/network_boards.html", context, status=sent.status)


@require_http_methods(WRITES)
@for_coordinators
def network_board(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """Change one of a network's boards."""
    context = page_context(request, network, "manage")
    found = get_object_or_404(Board, network=network, pk=pk)
    initial = {name: getattr(found, name) for name in ("name", "scope", "open_to", "emblem")}
    form = NetworkBoardForm(*posted(request), initial=initial)
    sent = Submission(
        form,
        lambda data: change_board(
            member=request.user,
            board=found,
            **data | {"emblem": data["emblem"] or found.emblem},
        ),
    )
    if sent.done:
        messages.success(request, _("The board is changed."))
        return redirect("network_boards", slug=network.slug)
    context |= {"board": found, "form": form}
    return render(request, "boards/network_board.html", context, status=sent.status)


@require_POST
@for_coordinators
def network_board_close(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """Take an empty board away."""
    found = get_object_or_404(Board, network=network, pk=pk)
    close_board(member=request.user, board=found)
    messages.success(request, _("The board is gone."))
    return redirect("network_boards", slug=network.slug)
