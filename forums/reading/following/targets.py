"""What can be followed, each found as its page finds it: what one may not see cannot be followed. Reads only."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import Member
from forums.discussions.boards.models import Board
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.directory.lists import tagged
from forums.groups.networks.models import Network
from forums.tags.models import Tag, TaggedTopic


@dataclass(frozen=True, slots=True)
class Target:
    """One thing (or person) to follow."""

    kind: str  # of models.TARGETS
    pk: int
    name: str
    url: str
    thing: Any


def target(kind: str, pk: int, member: Any) -> Target:
    """The thing of this kind and id, as `member` may see it. Raises Http404."""
    if kind not in _FIND:
        raise Http404
    return target_of(kind, _FIND[kind](pk, member))


def target_of(kind: str, thing: Any) -> Target:
    """A thing that was found already."""
    name = f"#{thing.name}" if kind == "tag" else str(thing)
    return Target(kind, thing.pk, name, thing.get_absolute_url(), thing)


def topics_in(kind: str, pk: int) -> Q:
    """Which follows of topics are of topics that stand in a board (its rooms too), a network or a tag."""
    if kind == "board":
        return Q(topic__board=pk) | Q(topic__board__parent=pk)
    its = Q(topic=OuterRef("topic")) if kind == "network" else Q(content_object=OuterRef("topic"))
    if kind == "network":
        joined = TopicNetwork.objects.filter(its, network=pk, state=State.JOINED)
        return Q(topic__board__network=pk) | Q(Exists(joined))
    return Q(Exists(TaggedTopic.objects.filter(its, tag=pk)))


def _board(pk: int, member: Any) -> Board:
    return get_object_or_404(Board.objects.visible_to(member), pk=pk)


def _network(pk: int, member: Any) -> Network:
    return get_object_or_404(Network.objects.visible_to(member).filter(merged_into=None), pk=pk)


def _tag(pk: int, member: Any) -> Tag:
    """A tag only on what she may not read is 404, as its page is."""
    found = get_object_or_404(Tag, pk=pk)
    hers = Topic.objects.for_list(member).filter(taggedtopic__tag=found)
    if not (found.topic_count or hers.exists() or tagged(found.key)[0]):
        raise Http404
    return found


def _person(pk: int, _member: Any) -> Member:
    return get_object_or_404(Member.objects.shown(), pk=pk)


_FIND: dict[str, Any] = {
    "topic": topic_at,
    "network": _network,
    "board": _board,
    "tag": _tag,
    "person": _person,
}
