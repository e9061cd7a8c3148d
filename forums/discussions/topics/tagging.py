"""The tags of a topic."""

from forums.discussions.topics.models import Topic
from forums.tags.models import TaggedTopic
from forums.tags.tagging import get_tags


def set_tags(topic: Topic, names: list[str]) -> tuple[set[int], set[int]]:
    """Give `topic` exactly these tags; returns the ids it had and the ids it has."""
    before = set(TaggedTopic.objects.filter(content_object=topic).values_list("tag_id", flat=True))
    wanted = [tag.pk for tag in get_tags(names)]
    after = set(wanted)
    TaggedTopic.objects.filter(content_object=topic, tag_id__in=before - after).delete()
    TaggedTopic.objects.bulk_create(
        [TaggedTopic(content_object=topic, tag_id=pk) for pk in wanted if pk not in before],
        ignore_conflicts=True,
    )
    return before, after
