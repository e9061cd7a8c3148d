"""How many topics everyone may read each tag has. Called by actions only."""

from collections.abc import Iterable, Mapping

from django.db.models import F

from forums.tags.models import Tag


def count_tags(tag_ids: Iterable[int], change: int) -> None:
    """Move the number of topics everyone may read, rows in the order of their ids."""
    count_tags_by(dict.fromkeys(tag_ids, change))


def count_tags_by(changes: Mapping[int, int]) -> None:
    """The same where each tag (its id is the key) moves by its own number."""
    for pk, change in sorted(changes.items()):
        Tag.objects.filter(pk=pk).update(topic_count=F("topic_count") + change)
