"""What a topic remembers of its posts: counts, the last post, who took part, how lively it is.

Each function is called by an action that holds the topic's row lock.
"""

import math
from datetime import datetime, timedelta

from django.db.models import Sum

from forums.posts.models import Post
from forums.topics.models import TAKING_PART, Topic

_EPOCH = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
TENFOLD = timedelta(days=2)


def hot(*, created_at: datetime, replies: int, useful: int) -> float:
    """How lively a topic is: log10(1 + replies + useful) + age of its birth in units of two days.

    The form of Reddit's "hot" order, published in its source (r2/lib/db/_sorts.pyx: the logarithm
    of the score plus seconds / 45,000), with two changes. The score counts replies and *useful*
    marks, never agreement: a topic that divides people is as lively as one that pleases them.
    And ten times the activity outweighs two days of age, not twelve hours: villages answer slowly.
    It never decays, so it is stored, and a list reads it from an index.
    """
    return math.log10(1 + replies + useful) + (created_at - _EPOCH) / TENFOLD


def count_reply(topic: Topic, post: Post) -> None:
    """Write into `topic` (locked) that `post` was just added to it."""
    others = [pk for pk in topic.taking_part if pk != post.author_id]
    topic.taking_part = [post.author_id, *others][:TAKING_PART]
    topic.reply_count += 1
    topic.last_post_at = post.created_at
    topic.last_author_id = post.author_id
    if not post.reply_number:
        topic.last_number = post.number
    _write(topic)


def count_useful(topic: Topic, change: int) -> None:
    """Write into `topic` (locked) that one of its posts gained or lost a *useful* mark."""
    topic.useful_count = max(0, topic.useful_count + change)
    _write(topic)


def recount(topic: Topic) -> None:
    """Compute from its posts what `topic` (locked) remembers: after hiding, deleting, importing."""
    shown = Post.objects.filter(topic=topic, hidden_at=None, deleted_at=None)
    replies = shown.filter(number__gt=0)
    topic.reply_count = replies.count()
    topic.useful_count = shown.aggregate(total=Sum("useful_count"))["total"] or 0
    newest = list(
        shown.order_by("-created_at", "-id")
        .values_list("author_id", "created_at")[:60]
    )
    topic.last_author_id, topic.last_post_at = (
        newest[0] if newest else (topic.author_id, topic.created_at)
    )
    topic.taking_part = list(dict.fromkeys(author for author, _ in newest))[:TAKING_PART]
    topic.last_number = (
        Post.objects.filter(topic=topic, reply_number__lte=10)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
        or 0
    )
    _write(topic)


def _write(topic: Topic) -> None:
    topic.hot = hot(
        created_at=topic.created_at, replies=topic.reply_count, useful=topic.useful_count
    )
    Topic.objects.filter(pk=topic.pk).update(
        last_number=topic.last_number,
        reply_count=topic.reply_count,
        useful_count=topic.useful_count,
        last_post_at=topic.last_post_at,
        last_author_id=topic.last_author_id,
        taking_part=topic.taking_part,
        hot=topic.hot,
    )
