"""Topics that notifications speak of."""

from collections.abc import Collection, Mapping
from typing import Any

from forums.discussions.topics.models import Topic
from forums.notifications.registry import thing


@thing("topic")
def topics(member: Any, ids: Collection[int]) -> Mapping[int, Topic]:
    """Those in the lists she is shown."""
    return Topic.objects.for_list(member).select_related("board").in_bulk(ids)
