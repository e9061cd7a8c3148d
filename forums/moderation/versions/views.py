"""One page for each of the two: it says what follows, and asks moderators why."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.posts import actions as posts
from forums.discussions.posts.models import Post, Revision
from forums.discussions.posts.permissions import can_close_version, can_see_history
from forums.moderation.desks.site import lacks_second_step, to_second_step
from forums.moderation.forms import ActForm
from forums.moderation.permissions import can_keep_order
from forums.moderation.versions import actions


@signed_in
def close(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Take an old version from everyone's sight: its author, or a moderator with a reason."""
    version = _version(request, pk, number)
    if can_close_version(request.user, version.post):
        return _page(
            request,
            version,
            forms.Form(*posted(request)),
            lambda _data: posts.close_version(member=request.user, version=version),
            done=_("This version is closed. Only you and the moderators can read it."),
        )
    return _decided(request, version, actions.close_version)


@signed_in
def reopen(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Let everyone read a closed version again: moderators, with a reason."""
    return _decided(request, _version(request, pk, number), actions.open_version)


def _version(request: HttpRequest, pk: int, number: int) -> Revision:
    """The version, with its post, topic and board; Http404 where its reader may not see the history."""
    found = Post.objects.visible_to(request.user).select_related("topic__board", "author")
    post = get_object_or_404(found, pk=pk)
    if not can_see_history(request.user, post):
        raise Http404
    version: Revision = get_object_or_404(post.revisions, number=number)
    version.post = post
    return version


def _decided(request: MemberRequest, version: Revision, decide: Callable[..., Any]) -> HttpResponse:
    if not can_keep_order(request.user, version.post.topic.board):
        raise NotAllowed(posts.CLOSERS)
    if request.user.is_staff and lacks_second_step(request.user):
        return to_second_step(request)
    return _page(
        request,
        version,
        ActForm(*posted(request), moderator=request.user),
        lambda data: decide(moderator=request.user, version=version, **data),
        done=_("Done; it stands in the log, with your reason."),
        opens=decide is actions.open_version,
    )


def _page(
    request: MemberRequest,
    version: Revision,
    form: forms.Form,
    write: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    opens: bool = False,
) -> HttpResponse:
    sent = Submission(form, write, passing=NotAllowed)
    history = f"/p/{version.post_id}/history/?page={version.number}"
    if sent.done:
        messages.success(request, done)
        return redirect(history)
    context = {
        "post": version.post,
        "topic": version.post.topic,
        "version": version,
        "form": form,
        "history": history,
        "opens": opens,
    }
    return render(request, "moderation/version.html", context, status=sent.status)
