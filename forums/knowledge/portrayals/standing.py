"""What may stand for a network where others tell of it: its own words, or what its people passed. Nothing else."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from forums.discussions.topics.models import Topic
from forums.discussions.voices.lists import ViewRow, views_of
from forums.discussions.voices.models import View
from forums.groups.networks.models import Network
from forums.knowledge.portrayals.models import JUDGES, LENGTH, Portrayal
from forums.knowledge.statements.actions import EMPTIED
from forums.text.lengths import ELLIPSIS
from forums.text.thai import excerpt

MOST = 200  # passed texts of a topic


@dataclass(frozen=True, slots=True)
class StandsFor:
    """One text that may stand for a network; `portrayal`: its number, None for the network's own words."""

    network: int
    body: str
    portrayal: int | None


def stands_for(topic: Topic, networks: Collection[int]) -> dict[int, list[StandsFor]]:
    """Of each of these networks its own words first, then what its people passed, the oldest first: two queries."""
    found: dict[int, list[StandsFor]] = {}
    for network, view in views_of(topic, list(networks)).items():
        found.setdefault(network, []).append(StandsFor(network, view.body, None))
    for each in passed_in(topic):
        if each.target_id in networks:
            standing = StandsFor(each.target_id, each.body, each.pk)
            found.setdefault(each.target_id, []).append(standing)
    return found


def passed_in(topic: Topic, *, of: Collection[int] | None = None) -> Iterator[Portrayal]:
    """What was passed in a topic, the oldest first, with who wrote it and from which network; of these networks alone."""
    passed = Portrayal.objects.standing().filter(topic=topic, passed=True).exclude(body=EMPTIED)
    if of is not None:
        passed = passed.filter(target__in=of)
    yield from passed.select_related("author", "network", "target").order_by("pk")[:MOST]


def own_words(view: View | ViewRow) -> str:
    """The beginning of a network's own view, as long as what others may say of it. It does not say that it was cut: that
    would tell whose it is."""
    return excerpt(view.body, LENGTH).rstrip(f"{ELLIPSIS} ")


def targets_among(views: Collection[int]) -> set[int]:
    """Of networks with own words those with people enough to read them: one query."""
    there = Network.objects.listed().filter(pk__in=views, member_count__gte=JUDGES)
    return set(there.values_list("pk", flat=True))
