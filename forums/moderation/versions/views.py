"""One page for each of the two: it says what follows, and asks moderators, and coordinators, why."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.second_step import lacks_second_step
from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.posts import actions as posts
from forums.discussions.posts.models import Post, Revision
from forums.discussions.posts.permissions import can_close_version, can_see_history
from forums.discussions.topics.loading import topic_at
from forums.discussions.voices.models import View
from forums.discussions.voices.permissions import can_close_view
from forums.groups.networks.models import Network
from forums.moderation.desks.site import to_second_step
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
            _about(version),
            forms.Form(*posted(request)),
            lambda _data: posts.close_version(member=request.user, version=version),
            done=_("This version is closed. Only you and the moderators can read it."),
        )
    return _decided_version(request, version, actions.close_version)


@signed_in
def reopen(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Let everyone read a closed version again: moderators, with a reason."""
    return _decided_version(
        request, _version(request, pk, number), actions.open_version, opens=True
    )


@signed_in
def close_view(request: MemberRequest, pk: int, slug: str, number: int) -> HttpResponse:
    """Take an old version of a network's view from everyone's sight: its coordinators, moderators; with a reason."""
    return _decided_view(request, pk, slug, number, actions.close_view)


@signed_in
def reopen_view(request: MemberRequest, pk: int, slug: str, number: int) -> HttpResponse:
    """Let everyone read it again, with a reason."""
    return _decided_view(request, pk, slug, number, actions.open_view, opens=True)


def _version(request: HttpRequest, pk: int, number: int) -> Revision:
    """The version, with its post, topic and board; Http404 where its reader may not see the history."""
    found = Post.objects.visible_to(request.user).select_related("topic__board", "author")
    post = get_object_or_404(found, pk=pk)
    if not can_see_history(request.user, post):
        raise Http404
    version: Revision = get_object_or_404(post.revisions, number=number)
    version.post = post
    return version


def _about(version: Revision) -> dict[str, Any]:
    history = f"/p/{version.post_id}/history/?page={version.number}"
    post = version.post
    return {"version": version, "post": post, "topic": post.topic, "history": history}


def _decided_version(
    request: MemberRequest, version: Revision, decide: Callable[..., Any], *, opens: bool = False
) -> HttpResponse:
    return _decided(
        request,
        _about(version),
        lambda data: decide(moderator=request.user, version=version, **data),
        may=can_keep_order(request.user, version.post.topic.board),
        else_say=posts.CLOSERS,
        opens=opens,
    )


def _decided_view(
    request: MemberRequest,
    pk: int,
    slug: str,
    number: int,
    decide: Callable[..., Any],
    *,
    opens: bool = False,
) -> HttpResponse:
    topic = topic_at(pk, request.user)
    network = get_object_or_404(Network.objects.visible_to(request.user), slug=slug)
    view = get_object_or_404(View, topic=topic, network=network, number=number)
    history = f"/t/{topic.pk}/by/view/{network.slug}/history/"
    return _decided(
        request,
        {"version": view, "network": network, "topic": topic, "history": history},
        lambda data: decide(moderator=request.user, view=view, **data),
        may=can_close_view(request.user, topic, network.pk),
        else_say=actions.VIEW_CLOSERS,
        opens=opens,
    )


def _decided(
    request: MemberRequest,
    about: dict[str, Any],
    write: Callable[[dict[str, Any]], Any],
    *,
    may: bool,
    else_say: Promise,
    opens: bool,
) -> HttpResponse:
    if not may:
        raise NotAllowed(else_say)
    if request.user.is_staff and lacks_second_step(request.user):
        return to_second_step(request)
    form = ActForm(*posted(request), moderator=request.user)
    done = _("Done; it stands in the log, with your reason.")
    return _page(request, about, form, write, done=done, opens=opens)


def _page(
    request: MemberRequest,
    about: dict[str, Any],
    form: forms.Form,
    write: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    opens: bool = False,
) -> HttpResponse:
    """`about` names what is closed: its version, topic and history; its post, or its network."""
    sent = Submission(form, write, passing=NotAllowed)
    if sent.done:
        messages.success(request, done)
        return redirect(about["history"])
    context = about | {"form": form, "opens": opens}
    return render(request, "moderation/version.html", context, status=sent.status)
