"""The page of notifications, the way from a line to its place, and the marks."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums.base.afterwards import is_looked_at
from forums.base.errors import ForumError
from forums.base.keyset import MOMENT, NUMBER, kept
from forums.base.view_helpers import MemberRequest, signed_in
from forums.notifications.inbox import actions
from forums.notifications.inbox.rows import by_day, lines_of, told
from forums.notifications.models import Notification

HERE = "/notifications/"


@never_cache
@require_safe
@signed_in
def notifications(request: MemberRequest) -> HttpResponse:
    """What she was told, newest first: all of it, or what she has not read."""
    unread = _asks_unread(request)
    found = told(request.user, request.GET, unread=unread)
    if found.gone:
        actions.mark_read(member=request.user, notes=found.gone)
    context = {
        "section": "notifications",
        "days": by_day(found.page.rows, timezone.now()),
        "page": found.page,
        "until": found.until,
        "undo": _asked_undo(request),
        "show_unread": unread,
    }
    return render(request, "notifications/list.html", context)


@never_cache
@require_safe
@signed_in
def go(request: MemberRequest, pk: int) -> HttpResponse:
    """To the place a line is about, which is read now; not where a browser only looks ahead."""
    note = get_object_or_404(Notification, pk=pk, member=request.user)
    line = lines_of(request.user, [note]).get(note.pk)
    if line is None:
        raise Http404
    if is_looked_at(request):
        actions.mark_read(member=request.user, notes=[note.pk])
    return redirect(line.url)


@require_POST
@signed_in
def read(request: MemberRequest) -> HttpResponse:
    """One line is read, or all there were when the page was made."""
    if "note" in request.POST:
        actions.mark_read(member=request.user, notes=[_number(request.POST["note"])])
        return _back(request)
    until = _moment(request.POST.get("until", ""))
    at = actions.mark_all_read(member=request.user, until=until)
    return _back(request, undo=MOMENT.write(at) if at else "")


@require_POST
@signed_in
def unread(request: MemberRequest) -> HttpResponse:
    """One line is left for later, or what was read all at once is taken back."""
    if "note" in request.POST:
        actions.mark_unread(member=request.user, note=_number(request.POST["note"]))
    else:
        actions.take_back(member=request.user, at=_moment(request.POST.get("at", "")))
    return _back(request)


def _back(request: HttpRequest, undo: str = "") -> HttpResponse:
    query = kept(show="unread" if request.POST.get("show") == "unread" else "", undo=undo)
    return redirect(f"{HERE}?{query}" if query else HERE)


def _asks_unread(request: HttpRequest) -> bool:
    show = request.GET.get("show", "")
    if show not in ("", "unread"):
        raise Http404
    return show == "unread"


def _asked_undo(request: HttpRequest) -> str:
    """The moment of what may be taken back, as its form sends it; '' where nothing was done."""
    if typed := request.GET.get("undo", ""):
        try:
            MOMENT.read(typed)
        except ValueError as error:
            raise Http404 from error
    return typed


def _number(typed: str) -> int:
    try:
        number: int = NUMBER.read(typed)
    except ValueError as error:  # no hand wrote this
        raise ForumError from error
    return number


def _moment(typed: str) -> datetime:
    try:
        moment: datetime = MOMENT.read(typed)
    except ValueError as error:
        raise ForumError from error
    return moment
