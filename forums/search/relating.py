"""Storing under each topic which are near it: when it is written, and again now and then.

A topic knows those that were there when it was looked at; what came later is found by looking again.
Nothing is locked: whoever edits a topic meanwhile looks for herself.
"""

from django.db.models import F
from django.utils import timezone

from forums.search.related import related_to
from forums.topics.models import Topic


def relate(topic_id: int) -> None:
    """Look for the topics near one whose entry in the index is written."""
    found = related_to(topic_id)
    Topic.objects.filter(pk=topic_id).update(related=found, related_at=timezone.now())


def refresh_related(*, after: int, size: int) -> int | None:
    """Look again for the next `size` topics; the id to go on after, None when there are no more."""
    topics = Topic.objects.filter(pk__gt=after).order_by("pk")
    ids = list(topics.values_list("pk", flat=True)[:size])
    for pk in ids:
        relate(pk)
    return ids[-1] if ids else None


def refresh_oldest(*, size: int) -> int:
    """Look again for the `size` topics that were looked at longest ago; those never looked at come first."""
    topics = Topic.objects.order_by(F("related_at").asc(nulls_first=True), "-pk")
    ids = list(topics.values_list("pk", flat=True)[:size])
    for pk in ids:
        relate(pk)
    return len(ids)
