"""Feeds of the newest topics, of a board's, of a tag's, and of what is said in one topic."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.base.atom import feed, in_thai
from forums.discussions.boards.models import Board
from forums.discussions.posts.feed_entries import for_everyone, post_entries, topic_entries
from forums.tags.models import Tag


@require_safe
@in_thai
def newest(request: HttpRequest) -> HttpResponseBase:
    """The newest topics of the whole site."""
    entries = topic_entries(for_everyone().order_by("-created_at", "-id"))
    return feed(
        request,
        title=_("New topics"),
        path="/",
        about=_("Seeing differently, threaded together"),
        entries=entries,
    )


@require_safe
@in_thai
def tag(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The newest topics of a tag; one that stands on nothing everyone may read is 404, like no tag."""
    found = get_object_or_404(Tag, slug=slug)
    topics = for_everyone().filter(taggedtopic__tag=found)
    entries = topic_entries(topics.order_by("-pk"))
    if not entries:
        raise Http404
    return feed(
        request, title=f"#{found.name}", path=found.get_absolute_url(), about="", entries=entries
    )


@require_safe
@in_thai
def topic(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is said in one topic, the newest first."""
    found = get_object_or_404(for_everyone().select_related("board"), pk=pk)
    return feed(
        request,
        title=found.title,
        path=found.get_absolute_url(),
        about=found.board.name,
        entries=post_entries(found),
    )


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
