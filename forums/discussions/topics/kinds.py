"""What topics register elsewhere: notifications speak of them, and a picture of each is drawn."""

from collections.abc import Collection, Mapping
from typing import Any

from forums.discussions.topics.models import Topic
from forums.discussions.topics.sharing import sketch_of
from forums.notifications.registry import thing
from forums.sharing.registry import shared_kind


@thing("topic")
def topics(member: Any, ids: Collection[int]) -> Mapping[int, Topic]:
    """Those in the lists she is shown."""
    return Topic.objects.for_list(member).select_related("board").in_bulk(ids)


shared_kind("topics")(sketch_of)
