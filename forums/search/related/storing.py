"""Storing under each topic which are near it: when it is written, and again now and then.

A topic knows those that were there when it was looked at; what came later is found by looking again.
Nothing is locked: whoever edits a topic meanwhile looks for herself.
"""

from django.db.models import F
from django.utils import timezone

from forums.discussions.topics.models import Topic
from forums.search.related.lists import related_to


def relate(topic_id: int) -> None:
    """Look for the topics near one whose entry in the index is written."""
    found = related_to(topic_id)
    Topic.objects.filter(pk=topic_id).update(related=found, related_at=timezone.now())


def relate_oldest(*, size: int, new_only: bool = False) -> int:
    """Look again for the `size` topics that were looked at longest ago, those never looked at first.

    With `new_only` for those alone: imported ones, or from before there was an index. Returns how many.
    """
    topics = Topic.objects.filter(related_at=None) if new_only else Topic.objects.all()
    oldest = topics.order_by(F("related_at").asc(nulls_first=True), "-pk")
    ids = list(oldest.values_list("pk", flat=True)[:size])
    for pk in ids:
        relate(pk)
    return len(ids)
