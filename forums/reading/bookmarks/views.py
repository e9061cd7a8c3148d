"""Pages of bookmarks, and the mark on a post."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.base.errors import NotAllowed
from forums.base.rate_limits import hold_light_pace
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.discussions.posts.models import Post
from forums.discussions.posts.views import visible_post
from forums.reading.bookmarks import actions, lists
from forums.reading.bookmarks.forms import BookmarkForm
from forums.reading.bookmarks.models import Bookmark
from forums.text import dates


@require_safe
@never_cache
@signed_in
def bookmarks(request: MemberRequest) -> HttpResponse:
    """Her bookmarks, newest first, by words with `q`; on the first page what she wanted to be reminded of."""
    asked = request.GET.get("q", "")[:200].strip()
    if asked:
        hold_light_pace(request, "search")
    today = timezone.localdate()
    due = [] if asked else lists.due(request.user, today)
    page = lists.page_of(request.user, request.GET, asked=asked, without=[row.pk for row in due])
    context = {"page": page, "due": due, "asked": asked, "today": today}
    return render(request, "bookmarks/bookmarks.html", context)


@require_POST
@signed_in
def mark(request: MemberRequest, pk: int) -> HttpResponse:
    """Mark a post (`on` is 1), or take the mark out (0)."""
    post = visible_post(request, pk)
    if request.POST.get("on", "1") == "1":
        actions.mark(member=request.user, post=post)
        messages.success(request, _("Bookmarked. You find it under “Bookmarks”, in your menu."))
    else:
        actions.unmark(member=request.user, post=post)
        messages.success(request, _("The bookmark is out."))
    return redirect(post)


@require_http_methods(WRITES)
@never_cache
@signed_in
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """A note to a bookmark, and the day to be reminded; made when it is not there yet."""
    post: Post = visible_post(request, pk)
    found = Bookmark.objects.visible_to(request.user).filter(post=post).first()
    day = dates.typed(found.remind_on) if found and found.remind_on else ""
    form = BookmarkForm(
        *posted(request),
        initial={
            "note": found.note if found else "",
            "day": day,
            "by_mail": found.by_mail if found else True,
        },
    )
    sent = Submission(
        form,
        lambda data: actions.note(
            member=request.user,
            post=post,
            text=data["note"],
            remind_on=data["day"],
            by_mail=data["by_mail"],
        ),
        passing=NotAllowed,
    )
    if sent.done:
        messages.success(request, _("Saved."))
        return redirect("bookmarks")
    context = {"post": post, "topic": post.topic, "form": form, "found": found}
    return render(request, "bookmarks/note.html", context, status=sent.status)


@require_POST
@signed_in
def act(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """From the list: done with a reminder, again in a week, or out with the bookmark."""
    found = get_object_or_404(Bookmark.objects.visible_to(request.user), pk=pk)
    if verb == "done":
        actions.done(bookmark=found)
    elif verb == "later":
        actions.remind_later(bookmark=found)
        messages.success(request, _("It comes again in a week."))
    else:
        actions.take_out(bookmark=found)
        messages.success(request, _("The bookmark is out."))
    return redirect("bookmarks")
