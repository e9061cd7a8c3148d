"""Counting anew what actions count as they go: `manage.py recount`.

Each function takes one batch, under the locks every writer takes, so it can run while people write.
"""

from typing import NamedTuple

from django.db import transaction

from forums.discussions.boards.models import Board
from forums.discussions.posts import counters as posts_counters
from forums.discussions.standpoints.counters import Count, repair_voices
from forums.discussions.topics import counters
from forums.discussions.topics.models import Tag, Topic


class Repaired(NamedTuple):
    """What one batch corrected; `last` is the id to go on after, None when there is no more."""

    last: int | None
    topics: list[tuple[Topic, list[str]]]
    posts: list[tuple[int, list[str]]]
    voices: list[Count]


@transaction.atomic
def repair_topics(*, after: int, size: int) -> Repaired:
    """Count the posts of the next `size` topics, the marks and replies of each, and who speaks in them."""
    topics = list(Topic.objects.select_for_update().filter(pk__gt=after).order_by("pk")[:size])
    if not topics:
        return Repaired(None, [], [], [])
    posts = posts_counters.repair_posts(topics)  # first: topics add up the marks of posts
    wrong = posts_counters.repair(topics)
    counts, strands = repair_voices(topics)
    columns = dict(wrong)
    for topic in strands:
        columns.setdefault(topic, []).append("voices")
    found = sorted(columns.items(), key=lambda each: each[0].pk)
    return Repaired(topics[-1].pk, found, posts, counts)


@transaction.atomic
def repair_boards() -> list[tuple[Board, int]]:
    """Count the listed topics of every board; returns those that were wrong, with the old count."""
    return counters.repair_boards(list(Board.objects.select_for_update().order_by("pk")))


@transaction.atomic
def repair_tags(*, after: int, size: int) -> tuple[int | None, list[tuple[Tag, int]]]:
    """Count the public topics of the next `size` tags; the id to go on after, and the wrong ones."""
    tags = list(Tag.objects.select_for_update().filter(pk__gt=after).order_by("pk")[:size])
    return (tags[-1].pk if tags else None), counters.repair_tags(tags)
