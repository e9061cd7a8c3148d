"""What topics register elsewhere: notifications speak of them, and a picture of each is drawn."""

from collections.abc import Collection, Mapping
from typing import Any

from forums.base.personal import TEXTS, Area, Leaves, Until, acted, holds
from forums.discussions.topics.models import Topic, TopicNetwork
from forums.discussions.topics.sharing import sketch_of
from forums.notifications.registry import thing
from forums.sharing.registry import shared_kind


@thing("topic")
def topics(member: Any, ids: Collection[int]) -> Mapping[int, Topic]:
    """Those in the lists she is shown."""
    return Topic.objects.for_list(member).select_related("board").in_bulk(ids)


shared_kind("topics")(sketch_of)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Topic,
    "author",
    what=TEXTS,
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.PUBLIC.label,
    but=("last_author", "related", "contents", "voices"),
    also=("board__name",),
)
holds(
    Topic,
    "last_author",
    what=TEXTS,
    area=Area.WRITTEN,
    leaves=Leaves.NAMELESS,
    until=Until.PUBLIC.label,
    copied=False,
)
acted(TopicNetwork, "asked_by", "decided_by")
