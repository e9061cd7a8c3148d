"""Topics, boards, tags and posts put right: `manage.py recount` and `rerender`.

What actions count as they go is counted anew, texts are rendered again.
Each function takes one batch, under the locks every writer takes, so it can run while people write.
"""

from typing import NamedTuple

from django.db import transaction

from forums.discussions.boards.models import Board
from forums.discussions.naming.finding import names_for
from forums.discussions.openings.actions import contents_of
from forums.discussions.posts import counters as posts_counters
from forums.discussions.posts.models import Post
from forums.discussions.standpoints.counters import Count, repair_voices
from forums.discussions.topics import counters
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import TRAITS, Topic, TopicKind
from forums.pictures.bodies import rendered, writer_of
from forums.tags.models import Tag
from forums.text.render import NO_NAMES, RENDERER_VERSION, Rendered


class RepairedTopics(NamedTuple):
    """What one batch corrected; `last` is the id to go on after, None when there is no more."""

    last: int | None
    topics: list[tuple[Topic, list[str]]]
    posts: list[tuple[int, list[str]]]
    voices: list[Count]


@transaction.atomic
def repair_topics(*, after: int, size: int) -> RepairedTopics:
    """Count the posts of the next `size` topics, the marks and replies of each, and who speaks in them."""
    topics = list(Topic.objects.select_for_update().filter(pk__gt=after).order_by("pk")[:size])
    if not topics:
        return RepairedTopics(None, [], [], [])
    posts = posts_counters.repair_posts(topics)  # first: topics add up the marks of posts
    wrong = posts_counters.repair(topics)
    counts, strands = repair_voices(topics)
    columns = dict(wrong)
    for topic in strands:
        columns.setdefault(topic, []).append("voices")
    found = sorted(columns.items(), key=lambda each: each[0].pk)
    return RepairedTopics(topics[-1].pk, found, posts, counts)


@transaction.atomic
def repair_boards() -> list[tuple[Board, int]]:
    """Count the listed topics of every board; returns those that were wrong, with the old count."""
    return counters.repair_boards(list(Board.objects.select_for_update().order_by("pk")))


@transaction.atomic
def repair_tags(*, after: int, size: int) -> tuple[int | None, list[tuple[Tag, int]]]:
    """Count the public topics of the next `size` tags; the id to go on after, and the wrong ones."""
    tags = list(Tag.objects.select_for_update().filter(pk__gt=after).order_by("pk")[:size])
    return (tags[-1].pk if tags else None), counters.repair_tags(tags)


class Refreshed(NamedTuple):
    """One batch: the id to go on after (None: no more), the articles in it, and what failed."""

    last: int | None
    done: int
    articles: list[int]
    failed: list[tuple[int, str]]


@transaction.atomic
def rerender_posts(*, after: int, size: int, everything: bool) -> Refreshed:
    """Render the next `size` posts again: those of an older renderer, or `everything`.

    The texts of topics that keep contents are left to `rerender_article`. No topic is locked: an edit that is saved
    meanwhile wins, for the new renderer made it.
    """
    found = Post.objects.filter(pk__gt=after).order_by("pk")
    if not everything:
        found = found.filter(renderer_version__lt=RENDERER_VERSION)
    columns = ("pk", "body", "author", "number", "topic__kind", "topic__board", "unlinked_at")
    posts = list(found.values_list(*columns)[:size])
    count, articles, failed = 0, [], []
    for pk, body, author, number, kind, board, unlinked in posts:
        if number == 0 and TRAITS[TopicKind(kind)].has_contents:
            articles.append(pk)
            continue
        try:
            html = _anew(body, author, board, links=unlinked is None).html
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
    body, author, unlinked = Post.objects.values_list("body", "author", "unlinked_at").get(pk=pk)
    html = _anew(body, author, topic.board_id, links=unlinked is None)
    Topic.objects.filter(pk=topic.pk).update(contents=contents_of(html.toc, topic.kind))
    Post.objects.filter(pk=pk).update(body_html=html.html, renderer_version=RENDERER_VERSION)


def _anew(body: str, author: int, board: int, *, links: bool) -> Rendered:
    """As if it were written now; whom it names is looked up where it holds an @, and told nothing."""
    writer = writer_of(author)
    there = Board.objects.select_related("network")
    names = names_for(body, writer=writer, board=there.get(pk=board)) if "@" in body else NO_NAMES
    return rendered(body, reader=writer, names=names, links=links)
