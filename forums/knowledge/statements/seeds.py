"""Statements in a network's name, with which a topic begins: as many of each network as of any other."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, QuerySet

from forums.discussions.standpoints.choosing import Choice
from forums.discussions.topics.models import Topic
from forums.knowledge.statements.models import IN_FORCE, Statement

MOST = 3  # of one network, said in its name


class Seeds(NamedTuple):
    """How many of its seeds a network has said here."""

    network: str
    said: int
    most: int


def seeds_in(topic: Topic, networks: Iterable[int]) -> QuerySet[Statement]:
    """Those in the name of these networks, but what was refused, put together, parted or taken back."""
    return Statement.objects.filter(IN_FORCE, topic=topic, network__in=networks, in_name=True)


def seeds_of(topic: Topic, choice: Choice) -> list[Seeds]:
    """Of the networks in whose name she may speak: one query, none where there is no such network."""
    names = {place.network_id: place.name for place in choice.places if place.speaks}
    if not names:
        return []
    counted = seeds_in(topic, names).values("network").annotate(count=Count("pk"))
    said = dict(counted.values_list("network", "count"))
    return [Seeds(name, said.get(pk, 0), MOST) for pk, name in names.items()]
