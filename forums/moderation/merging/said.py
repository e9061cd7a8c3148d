"""What two networks have said of a topic in their names becomes what one says."""

from itertools import groupby

from django.db.models import F

from forums.discussions.voices.models import View
from forums.groups.networks.models import Network
from forums.knowledge.glossary.actions import merge_meanings


def merge_views(source: Network, target: Network) -> None:
    """The old network's views become earlier versions of the new one's; what that said last stays shown. So do its cards
    of words."""
    many = 10_000  # more than there are versions: two steps, because no number may stand twice
    for topic_id in (
        View.objects.filter(network=source).values_list("topic_id", flat=True).distinct()
    ):
        mine = View.objects.filter(topic=topic_id, network=source)
        shift = max(mine.values_list("number", flat=True))
        theirs = View.objects.filter(topic=topic_id, network=target)
        theirs.update(number=F("number") + shift + many)
        theirs.update(number=F("number") - many)
        mine.update(network=target)
    merge_meanings(source=source.pk, target=target.pk)


def number_views(network: Network, topics: list[int]) -> None:
    """Its views of these topics numbered from one again: those of the other network stood before them."""
    views = View.objects.filter(network=network, topic__in=topics).order_by("topic_id", "number")
    for _topic, of_topic in groupby(views.only("topic_id", "number"), lambda view: view.topic_id):
        for number, view in enumerate(of_topic, start=1):  # upwards: no number stands twice
            View.objects.filter(pk=view.pk).update(number=number)
