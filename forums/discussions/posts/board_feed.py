"""The feed of a board."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from forums.base.atom import feed, in_thai
from forums.discussions.boards.models import Board
from forums.discussions.posts.feed_entries import for_everyone, topic_entries


@require_safe
@in_thai
def board(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Its newest topics; 404 for a board not everyone may enter."""
    found = get_object_or_404(Board.objects.visible_to(None), slug=slug)
    topics = for_everyone().filter(board=found).order_by("-created_at", "-id")
    return feed(
        request,
        title=found.name,
        path=found.get_absolute_url(),
        about=found.scope,
        entries=topic_entries(topics),
    )
