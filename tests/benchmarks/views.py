"""The yardsticks: what Django itself costs (a), and what showing twenty posts must cost (c)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forums.discussions.posts.models import Post
from forums.text.render import trusted

_FIXED = ("<p>" + "ร้อยพลัง " * 1240 + "</p>").encode()[:30_000]


def fixed(request: HttpRequest) -> HttpResponse:
    """(a) A fixed answer of 30 kB: middleware and nothing else."""
    return HttpResponse(_FIXED)


def bare(request: HttpRequest, topic: int) -> HttpResponse:
    """(c) The bare view: one query for twenty posts with their authors, and a plain template."""
    posts = list(
        Post.objects.filter(topic=topic)
        .select_related("author")
        .order_by("number", "reply_number")[:20]
    )
    for post in posts:
        post.html = trusted(post.body_html)  # type: ignore[attr-defined]
    return render(request, "benchmarks/bare.html", {"posts": posts})
