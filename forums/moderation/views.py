"""For who wrote what was hidden, her own words."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from forums.activities.models import Activity
from forums.base.view_helpers import MemberRequest, signed_in
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.models import Act, Decision


@require_safe
@signed_in
def own_words(request: MemberRequest, pk: int) -> HttpResponse:
    """A post of hers that others cannot read, or whose topic she may not open any more: with why.

    Her own words are hers wherever they stood, so its author is all that is asked.
    """
    post = get_object_or_404(
        Post.objects.select_related("topic").filter(author=request.user), pk=pk
    )
    if post.held_at is not None:
        return redirect(f"/p/{post.pk}/held/")
    is_there = Topic.objects.visible_to(request.user).filter(pk=post.topic_id).exists()
    if is_there and not post.is_gone:
        return redirect(post)
    hidden = Q(post=post, post__hidden_at__isnull=False) | Q(
        topic=post.topic, topic__hidden_at__isnull=False
    )
    words = "" if post.removed_at else post.body  # deleted, it is for moderators only
    return _words(request, words, hidden, taken_back=post.deleted_at is not None)


@require_safe
@signed_in
def own_activity(request: MemberRequest, pk: int) -> HttpResponse:
    """The same of an activity that she announced."""
    activity = get_object_or_404(Activity, pk=pk, created_by=request.user)
    if Activity.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect(activity)
    words = f"{activity.title}\n\n{activity.body}".strip()  # a report may be another's
    return _words(request, words, Q(activity=activity, activity__hidden_at__isnull=False))


def _words(
    request: MemberRequest, words: str, hidden: Q, *, taken_back: bool = False
) -> HttpResponse:
    why = (
        Decision.objects.filter(hidden, act__in=(Act.HIDE, Act.DELETE, Act.KEEP_BACK))
        .order_by("-pk")
        .first()
    )
    context = {"words": words, "taken_back": taken_back, "why": why}
    return render(request, "moderation/own_words.html", context)
