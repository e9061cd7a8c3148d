"""`manage.py recount`: how many statements of each topic are put to the vote."""

from django.db import transaction

from forums.discussions.topics.models import Topic
from forums.knowledge.statements.counting import count_open


@transaction.atomic
def repair_statements(*, after: int, size: int) -> tuple[int | None, list[tuple[Topic, int]]]:
    """Count those of the next `size` topics; the id to go on after, and the wrong ones with what they said."""
    topics = Topic.objects.select_for_update().filter(pk__gt=after).order_by("pk")
    ids = list(topics.values_list("pk", flat=True)[:size])
    return (ids[-1] if ids else None), count_open(ids)
