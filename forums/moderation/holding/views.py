"""For its author: what waits, why, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums.base.view_helpers import WRITES, MemberRequest, signed_in
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.holding import actions
from forums.moderation.holding.models import HeldText


@require_http_methods(WRITES)
@signed_in
def held(request: MemberRequest, pk: int) -> HttpResponse:
    """Her own text that waits; sent, she takes it back. What waits no more leads to where it stands."""
    post = get_object_or_404(
        Post.objects.select_related("topic__board"), pk=pk, author=request.user
    )
    if request.method == "POST":
        if actions.take_back(member=request.user, post=post):
            messages.success(request, _("You took it back. Your words are still yours, below."))
            return redirect("own_words", pk=pk)
        messages.info(request, _("A moderator was quicker: it waits no more."))
        return redirect(post)
    if (post if post.number else post.topic).held_at is None:
        return redirect(post)
    return render(
        request,
        "moderation/held.html",
        {"post": post, "held": HeldText.objects.filter(post=post).first()},
    )


@signed_in
def held_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a topic."""
    topic = get_object_or_404(Topic, pk=pk, author=request.user)
    return redirect("held", pk=actions.opening_of(topic).pk)
