"""What is new for me: the page, marking it as read, taking that back, how far back it looks."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums.base.afterwards import afterwards, is_looked_at
from forums.base.keyset import MOMENT
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.boards.models import Board
from forums.groups.networks.models import Network
from forums.reading.marks import actions
from forums.reading.marks.forms import WindowForm
from forums.reading.marks.lists import REPLIES, TOPICS, Scope, page_of, part_of, waiting
from forums.reading.marks.models import ReaderState
from forums.reading.marks.outlook import outlook
from forums.text import dates


def _scope(request: MemberRequest, asked: Any) -> Scope:
    """Raises Http404 for a board or network she may not see."""
    show, board, network = (asked.get(name, "") for name in ("show", "board", "network"))
    if show not in ("", TOPICS, REPLIES):
        raise Http404
    boards = Board.objects.visible_to(request.user)
    networks = Network.objects.visible_to(request.user)
    return Scope(
        get_object_or_404(boards, slug=board) if board else None,
        get_object_or_404(networks, slug=network) if network and not board else None,
        show,
    )


@never_cache
@require_safe
@signed_in
def unread(request: MemberRequest) -> HttpResponse:
    """Topics that are new for her, and those she follows with unread posts."""
    scope, seen = _scope(request, request.GET), outlook(request.user)
    found = waiting(request.user, scope, seen)
    shown = part_of(found, scope.show)
    news = len(part_of(found, TOPICS))
    undone = 0
    if "read" in request.GET:
        state = ReaderState.objects.filter(member=request.user).first()
        undone = len(state.undo["marks"]) if state and state.undo else 0
    now = timezone.now()
    response = render(
        request,
        "unread/unread.html",
        {
            "section": "topics",
            "scope": scope,
            "page": page_of(shown, request.user, scope, request.GET),
            "count": len(shown),
            "counts": {"all": len(found), TOPICS: news, REPLIES: len(found) - news},
            "until": MOMENT.write(shown[0].last_post_at) if shown else "",
            "undone": undone,
            "days": seen.days,
            "last_visit": dates.ago(seen.last_visit, now) if seen.last_visit else "",
        },
    )
    if is_looked_at(request) and not seen.is_noted:
        afterwards(response, partial(actions.note_visit, member_id=request.user.pk, now=now))
    return response


@require_POST
@signed_in
def mark_read(request: MemberRequest) -> HttpResponse:
    """All that the page showed is read; with `stop` it is followed no longer."""
    scope = _scope(request, request.POST)
    try:
        until = MOMENT.read(request.POST.get("until", ""))
    except ValueError as error:
        raise Http404 from error
    shown = part_of(waiting(request.user, scope), scope.show)
    actions.mark_read(
        member=request.user,
        topic_ids=[row.id for row in shown],
        until=until,
        stop="stop" in request.POST,
    )
    return redirect(f"/unread/?{'&'.join(filter(None, (scope.query, 'read=1')))}")


@require_POST
@signed_in
def take_back(request: MemberRequest) -> HttpResponse:
    """What was marked as read last waits again."""
    scope = _scope(request, request.POST)
    if not actions.take_back(member=request.user):
        messages.info(request, _("That is taken back already."))
    return redirect(f"/unread/{f'?{scope.query}' if scope.query else ''}")


@never_cache
@signed_in
def window(request: MemberRequest) -> HttpResponse:
    """How far back she looks."""
    form = WindowForm(*posted(request)[:1], initial={"days": outlook(request.user).days})
    sent = Submission(form, lambda data: actions.set_window(member=request.user, days=data["days"]))
    if sent.done:
        messages.success(request, _("Saved."))
        return redirect("unread")
    context = {"form": form, "section": "settings"}
    return render(request, "unread/window.html", context, status=sent.status)
