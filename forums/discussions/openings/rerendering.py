"""Refreshing stored HTML after the renderer changed: `manage.py rerender`.

When a text was last edited does not change, for nobody edited it.
"""

from typing import NamedTuple

from django.db import transaction

from forums.discussions.openings.actions import contents_of
from forums.discussions.posts.actions import lock_topic
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Kind, Topic
from forums.pictures.bodies import rendered
from forums.text.render import RENDERER_VERSION


class Refreshed(NamedTuple):
    """One batch: the id to go on after (None: no more), the articles in it, and what failed."""

    last: int | None
    done: int
    articles: list[int]
    failed: list[tuple[int, str]]


@transaction.atomic
def rerender_posts(*, after: int, size: int, everything: bool) -> Refreshed:
    """Render the next `size` posts again: those of an older renderer, or `everything`.

    The texts of articles are left to `rerender_article`. No topic is locked: an edit that is saved
    meanwhile wins, for the new renderer made it.
    """
    found = Post.objects.filter(pk__gt=after).order_by("pk")
    if not everything:
        found = found.filter(renderer_version__lt=RENDERER_VERSION)
    columns = ("pk", "body", "number", "topic__kind")
    posts = list(found.values_list(*columns)[:size])
    count, articles, failed = 0, [], []
    for pk, body, number, kind in posts:
        if number == 0 and kind == Kind.ARTICLE:
            articles.append(pk)
            continue
        try:
            html = rendered(body).html
        except Exception as error:
            # One text must not keep the others waiting.
            failed.append((pk, f"{type(error).__name__}: {error}"))
            continue
        count += Post.objects.filter(pk=pk, body=body).update(
            body_html=html, renderer_version=RENDERER_VERSION
        )
    return Refreshed(posts[-1][0] if posts else None, count, articles, failed)


@transaction.atomic
def rerender_article(*, pk: int) -> None:
    """Render an article's text (post `pk`) again, and the table of contents its topic keeps of it."""
    topic = lock_topic(Post.objects.values_list("topic_id", flat=True).get(pk=pk))
    html = rendered(Post.objects.values_list("body", flat=True).get(pk=pk))
    Topic.objects.filter(pk=topic.pk).update(contents=contents_of(html.toc, topic.kind))
    Post.objects.filter(pk=pk).update(body_html=html.html, renderer_version=RENDERER_VERSION)
