"""Hide passages of a post; show again what is hidden."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.second_step import lacks_second_step
from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.posts.models import Post
from forums.moderation.concealing import actions
from forums.moderation.concealing.covering import found_in_all, texts_of
from forums.moderation.concealing.forms import ConcealForm
from forums.moderation.concealing.models import ConcealedPassage
from forums.moderation.desks.site import to_second_step
from forums.moderation.forms import ActForm
from forums.moderation.permissions import can_keep_order
from forums.text.lengths import excerpt

LONGEST_OFFERED = 300


@signed_in
def conceal(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose the passages, and say why."""
    post = _post(request, pk)
    found = [
        each for each in found_in_all(texts_of(post, post.topic)) if len(each) < LONGEST_OFFERED
    ]
    form = ConcealForm(*posted(request), moderator=request.user, found=found)
    return _page(
        request,
        post,
        form,
        lambda data: actions.conceal_passages(
            moderator=request.user, post=post, passages=form.passages, reason=data["reason"]
        ),
    )


@signed_in
def reveal(request: MemberRequest, pk: int) -> HttpResponse:
    """Show again all that is hidden because of this post, and say why."""
    post = _post(request, pk)
    form = ActForm(*posted(request), moderator=request.user)
    return _page(
        request,
        post,
        form,
        lambda data: actions.reveal_passages(
            moderator=request.user, post=post, reason=data["reason"]
        ),
    )


def _post(request: HttpRequest, pk: int) -> Post:
    posts = Post.objects.visible_to(request.user).select_related("topic__board", "author")
    post = get_object_or_404(posts, pk=pk)
    if not can_keep_order(request.user, post.topic.board):
        raise NotAllowed
    return post


def _page(
    request: MemberRequest, post: Post, form: ActForm, write: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    if request.user.is_staff and lacks_second_step(request.user):
        return to_second_step(request)
    sent = Submission(form, write, passing=NotAllowed)
    if sent.done:
        messages.success(request, _("Done; it stands in the log, with your reason."))
        return redirect(post)
    hidden = ConcealedPassage.objects.filter(post=post).order_by("pk")
    context = {
        "post": post,
        "topic": post.topic,
        "words": excerpt(post.body, 2000),
        "hidden": [(each.mark, each.words) for each in hidden[:50]],
        "form": form,
        "reveals": not isinstance(form, ConcealForm),
    }
    return render(request, "moderation/passages.html", context, status=sent.status)
