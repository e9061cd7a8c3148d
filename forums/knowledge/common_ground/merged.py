"""Topics that were merged into one: what was put to the vote in each stays there, with its rounds, and is read there."""

from typing import Any

from forums.discussions.topics.models import Topic

MOST = 20


def merged_into(topic: Topic, member: Any) -> list[Topic]:
    """Those with statements that `member` may read, the first first; a topic nothing was ever merged into asks nothing."""
    if topic.parted_at is None:
        return []
    found = Topic.objects.visible_to(member).filter(merged_into=topic.pk, statement_count__gt=0)
    return list(found.only("title", "statement_count").order_by("pk")[:MOST])
