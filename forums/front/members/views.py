"""A member's public page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Member
from forums.base.keyset import NUMBER, Keyset, Page, kept
from forums.discussions.posts.models import Post, post_label, post_url
from forums.discussions.topics import lists
from forums.groups.memberships.lists import networks_of
from forums.groups.organisations.lists import of_member
from forums.moderation.permissions import can_suspend
from forums.text.handles import handle_key
from forums.text.render import render as render_text
from forums.text.thai import excerpt

SIZE = 20
_NEWEST = Keyset({"created_at": None, "pk": NUMBER}, falling=True, onward="before")


@dataclass(frozen=True, slots=True)
class MemberPostRow:
    """One of her posts, by its beginning."""

    url: str
    label: str
    excerpt: str
    created_at: datetime
    topic: str
    board: str


@require_safe
def member(request: HttpRequest, handle: str) -> HttpResponse:
    """Who this is, and the topics (or, with ?show=posts, the posts) one may read of hers."""
    key = handle_key(handle[:100])
    found = Member.objects.shown().filter(handle_key=key).first()
    if found is None:
        left = get_object_or_404(Member, handle_key=key, left_at__isnull=False)
        return render(request, "members/gone.html", {"member": left}, status=410)
    if handle != found.handle:
        query = request.GET.urlencode()
        return redirect(found.get_absolute_url() + (f"?{query}" if query else ""))
    moderates = can_suspend(request.user, found)
    if not (found.is_active or moderates):
        found.bio, found.links, found.picture = (
            "",
            [],
            None,
        )  # only moderators see what they decide about
    context: dict[str, Any] = {
        "member": found,
        "may_empty": moderates,
        "show": "topics",
        "networks": networks_of(found.pk, request.user),
        "organisations": of_member(found.pk),
    }
    if request.GET.get("show") == "posts":
        context |= {"show": "posts", "page": _posts(request, found)}
    else:
        hers = lists.started_by(found)
        context["page"] = lists.newest(request.GET, member=request.user, among=hers)
    return render(request, "members/member.html", context)


def _posts(request: HttpRequest, member: Member) -> Page[MemberPostRow]:
    """A page of her posts in others' and her own topics, newest first."""
    posts = Post.objects.for_list(request.user).filter(author=member, number__gt=0)
    # A place is one of those the reader may see: else it tells who wrote a private post, and when.
    seen = Post.objects.visible_to(request.user).filter(author=member)
    page = _NEWEST.page(
        posts.select_related("topic__board"),
        request.GET,
        size=SIZE,
        among=seen,
        keep=kept(show="posts"),
    )
    rows = [
        MemberPostRow(
            url=post_url(post.pk),
            label=post_label(post.number, post.reply_number),
            excerpt=_excerpt(post.body),
            created_at=post.created_at,
            topic=post.topic.title,
            board=post.topic.board.name,
        )
        for post in page.rows
    ]
    return page.with_rows(rows)


def _excerpt(body: str) -> str:
    """The beginning of a text without its markup; what is behind a spoiler stays there."""
    return excerpt(render_text(body[:1500]).plain, 220)
