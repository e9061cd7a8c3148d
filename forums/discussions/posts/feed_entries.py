"""Entries of feeds made from topics and posts that everyone may read."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models.functions import Left
from django.utils.translation import gettext as _

from forums.base.atom import SIZE, Entry
from forums.discussions.posts.models import Post, post_label, post_url
from forums.discussions.topics.models import Topic, TopicQuerySet
from forums.tags.models import TaggedTopic
from forums.text.glance import LOOKED_AT, glance


def for_everyone() -> TopicQuerySet:
    """What feeds are made of: what a visitor may read."""
    return Topic.objects.for_list(None)


def topic_entries(topics: TopicQuerySet) -> list[Entry]:
    """The first `SIZE` of these topics, each with the beginning of its text: three queries."""
    found = list(topics.select_related("author", "board")[:SIZE])
    texts = _texts([topic.pk for topic in found])
    words = _words([topic.pk for topic in found])
    entries = []
    for topic in found:
        html, edited_at = texts.get(topic.pk, ("", None))
        entries.append(
            Entry(
                key=f"topic-{topic.pk}",
                path=topic.get_absolute_url(),
                title=topic.title,
                summary=glance(html),
                author=str(topic.author),
                published=topic.created_at,
                updated=edited_at or topic.created_at,
                words=(topic.board.name, *words.get(topic.pk, ())),
            )
        )
    return entries


def post_entries(topic: Topic) -> Iterable[Entry]:
    """What was said last in a topic, newest first; the topic was found through `visible_to`."""
    posts = Post.objects.for_list(None).filter(topic=topic).select_related("author")
    posts = posts.defer("body").order_by("-created_at", "-id")
    for post in posts[:SIZE]:
        label = post_label(post.number, post.reply_number)
        yield Entry(
            key=f"post-{post.pk}",
            path=post_url(post.pk),
            title=_("Comment no. %(label)s") % {"label": label} if post.number else topic.title,
            summary=glance(post.body_html),
            author=str(post.author),
            published=post.created_at,
            updated=post.edited_at or post.created_at,
        )


def _texts(topic_ids: Sequence[int]) -> dict[int, tuple[str, datetime | None]]:
    found = Post.objects.filter(topic__in=topic_ids, number=0, reply_number=0)
    rows = found.annotate(start=Left("body_html", LOOKED_AT))
    return {
        topic_id: (start, edited_at)
        for topic_id, start, edited_at in rows.values_list("topic_id", "start", "edited_at")
    }


def _words(topic_ids: Sequence[int]) -> dict[int, list[str]]:
    words: dict[int, list[str]] = {}
    tagged = TaggedTopic.objects.filter(content_object__in=topic_ids).order_by("pk")
    for topic_id, name in tagged.values_list("content_object_id", "tag__name"):
        words.setdefault(topic_id, []).append(name)
    return words
