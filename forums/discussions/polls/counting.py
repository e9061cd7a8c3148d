"""How many polls a topic shows: its own row says it, so that a page of one without any asks nothing. Called under its lock."""

from collections.abc import Sequence

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from forums.discussions.polls.models import Poll
from forums.discussions.topics.models import Topic

_SHOWN = (
    Poll.objects.shown()
    .filter(topic=OuterRef("pk"))
    .order_by()
    .values("topic")
    .annotate(count=Count("pk"))
    .values("count")
)


def count_shown(topic_ids: Sequence[int]) -> list[tuple[Topic, int]]:
    """Write it into these topics (locked); those where it was wrong come back, with what was said before."""
    count = Coalesce(Subquery(_SHOWN), 0, output_field=IntegerField())
    counted = Topic.objects.filter(pk__in=topic_ids).annotate(count=count)
    wrong: list[tuple[Topic, int]] = []
    for topic in counted.order_by("pk"):
        before = topic.poll_count
        if before != topic.count:
            topic.poll_count = topic.count
            Topic.objects.filter(pk=topic.pk).update(poll_count=topic.count)
            wrong.append((topic, before))
    return wrong
