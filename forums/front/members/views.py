"""A member's public page."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Member
from forums.discussions.posts.models import Post, post_label, post_url
from forums.discussions.topics import lists
from forums.discussions.topics.models import Topic
from forums.groups.memberships.lists import networks_of
from forums.groups.organisations.lists import of_member
from forums.text.handles import handle_key
from forums.text.render import render as render_text
from forums.text.thai import excerpt

SIZE = 20


@require_safe
def member(request: HttpRequest, handle: str) -> HttpResponse:
    """Who this is, and the topics (or, with ?show=posts, the posts) one may read of hers."""
    found = get_object_or_404(Member, handle_key=handle_key(handle[:100]))
    if handle != found.handle:
        query = request.GET.urlencode()
        return redirect(found.get_absolute_url() + (f"?{query}" if query else ""))
    context: dict[str, Any] = {
        "member": found,
        "show": "topics",
        "networks": networks_of(found.pk, request.user),
        "organisations": of_member(found.pk),
    }
    if request.GET.get("show") == "posts":
        rows, older = _posts(request, found)
        context |= {"show": "posts", "posts": rows, "older": older}
    else:
        topics = Topic.objects.for_list(request.user).filter(author=found)
        context["page"] = lists.newest(topics, request.GET)
    return render(request, "members/member.html", context)


def _posts(request: HttpRequest, member: Member) -> tuple[list[dict[str, Any]], str]:
    """A page of her posts in others' and her own topics, newest first, and the next page's key."""
    posts = Post.objects.for_list(request.user).filter(author=member, number__gt=0)
    if before := request.GET.get("before"):
        if not (before.isascii() and before.isdigit() and len(before) < 19):
            raise Http404
        # of those the reader may see: else the key tells who wrote a private post, and when
        last = get_object_or_404(Post.objects.visible_to(request.user), pk=before, author=member)
        posts = posts.filter(
            Q(created_at__lte=last.created_at),
            Q(created_at__lt=last.created_at) | Q(pk__lt=last.pk),
        )
    found = posts.select_related("topic__board").order_by("-created_at", "-id")[: SIZE + 1]
    rows = [
        {
            "url": post_url(post.pk),
            "label": post_label(post.number, post.reply_number),
            "excerpt": _excerpt(post.body),
            "created_at": post.created_at,
            "topic": post.topic.title,
            "board": post.topic.board.name,
        }
        for post in found
    ]
    older = f"before={found[SIZE - 1].pk}" if len(rows) > SIZE else ""
    return rows[:SIZE], older


def _excerpt(body: str) -> str:
    """The beginning of a text without its markup; what is behind a spoiler stays there."""
    return excerpt(render_text(body[:1500]).plain, 220)
