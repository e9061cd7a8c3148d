"""Refreshing stored HTML after the renderer changed: `manage.py rerender`."""

from typing import NamedTuple

from django.db import transaction

from forums.posts.bodies import rendered
from forums.posts.models import Post
from forums.text.render import RENDERER_VERSION, Rendered
from forums.topics.actions import contents_of
from forums.topics.models import Kind, Topic


class Refreshed(NamedTuple):
    """One batch: the id to go on after (None: no more), how many, and what failed."""

    last: int | None
    count: int
    failed: list[tuple[int, str]]


@transaction.atomic
def rerender_posts(*, after: int, size: int, everything: bool) -> Refreshed:
    """Render the next `size` posts again: those of an older renderer, or `everything`.

    An edit that is saved meanwhile wins: it was rendered by the new one already. When a text was
    last edited does not change, for nobody edited it.
    """
    found = Post.objects.filter(pk__gt=after).order_by("pk")
    if not everything:
        found = found.filter(renderer_version__lt=RENDERER_VERSION)
    columns = ("pk", "body", "number", "topic_id", "topic__kind")
    posts = list(found.values_list(*columns)[:size])
    if not posts:
        return Refreshed(None, 0, [])
    htmls: dict[int, Rendered] = {}
    failed = []
    for pk, body, *_ in posts:
        try:
            htmls[pk] = rendered(body)
        except Exception as error:  # noqa: BLE001 - one text must not keep the others waiting
            failed.append((pk, f"{type(error).__name__}: {error}"))
    articles = [row for row in posts if row[2] == 0 and row[4] == Kind.ARTICLE and row[0] in htmls]
    list(
        Topic.objects.select_for_update()
        .filter(pk__in=[topic_id for *_, topic_id, _ in articles])
        .order_by("pk")
    )
    written = {pk for pk, body, *_ in posts if pk in htmls and _write(pk, body, htmls[pk].html)}
    for pk, _, _, topic_id, kind in articles:
        if pk in written:
            Topic.objects.filter(pk=topic_id).update(contents=contents_of(htmls[pk].toc, kind))
    return Refreshed(posts[-1][0], len(written), failed)


def _write(pk: int, body: str, html: str) -> int:
    """Only over the text that was rendered."""
    return Post.objects.filter(pk=pk, body=body).update(
        body_html=html, renderer_version=RENDERER_VERSION
    )
