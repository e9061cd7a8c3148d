"""Whose pages of networks are measured, and which: picked from what lies in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q

from accounts.models import Member
from forums.discussions.boards.models import Access
from forums.discussions.topics.models import Topic, TopicNetwork
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Network

IN = 5  # the member is in so many networks, or a few more


def reader() -> Member:
    """A member of several networks, one of them a large one."""
    large = Network.objects.listed().order_by("-member_count", "pk")[:3].values("pk")
    places = Membership.objects.filter(member__handle__startswith="load").values("member")
    several = places.annotate(
        places=Count("pk"), large=Count("pk", filter=Q(network__in=large))
    ).filter(places__gte=IN, large__gte=1)
    return Member.objects.get(pk=several.order_by("places", "member")[0]["member"])


@dataclass
class Picked:
    """A large network the reader is in, a small one, a topic in which five networks speak, and the longest."""

    large: Network
    small: Network
    shared: Topic
    long: Topic

    @classmethod
    def for_reader(cls, member: Member, long: Topic) -> "Picked":
        networks = Network.objects.listed()
        shared = (
            Topic.objects.listed()
            .filter(board__network=None, board__read_level=Access.EVERYONE)
            .annotate(voices_count=Count("voices_in", filter=Q(voices_in__post_count__gt=0)))
            .filter(voices_count__gte=5, reply_count__gte=30)
            .exclude(pk=long.pk)
            .order_by("-voices_count", "pk")[0]
        )
        return cls(
            large=networks.filter(memberships__member=member).order_by("-member_count", "pk")[0],
            small=networks.filter(member_count__gte=5).order_by("member_count", "pk")[0],
            shared=shared,
            long=long,
        )

    def pages(self) -> dict[str, str]:
        large, small = self.large.get_absolute_url(), self.small.get_absolute_url()
        speaking = TopicNetwork.objects.filter(topic=self.long).order_by("-post_count")
        slug = speaking.values_list("network__slug", flat=True)[0]
        return {
            "networks": "/networks/",
            "networks, kind and sector": _directory(kind="physical", sector="civil"),
            "networks, province": _directory(province="50"),
            "networks, words": _directory(q="ชุมชน"),  # more than a page of them
            "networks, by name": _directory(sort="name"),
            "networks, by size": _directory(sort="size"),
            "network, large": large,
            "network, small": small,
            "network, its topics": f"{large}topics/",
            "network, its members": f"{large}members/",
            "network, its activities": f"{large}activities/",
            "five networks, all": self.shared.get_absolute_url(),
            "five networks, by network": f"/t/{self.shared.pk}/by/network/",
            "five networks, others": f"/t/{self.shared.pk}/by/others/",
            "long topic, by network": f"/t/{self.long.pk}/by/network/?{urlencode({'of': slug})}",
            "long topic, others": f"/t/{self.long.pk}/by/others/",
        }


def _directory(**asked: str) -> str:
    return f"/networks/?{urlencode(asked)}"


def speakers(board_of: Topic, count: int) -> Sequence[tuple[Member, int]]:
    """So many members who can write in this topic, each with a network of hers to speak from."""
    places = Membership.objects.filter(network__archived_at=None, network__hidden_at=None)
    new = places.filter(member__handle__startswith="load").exclude(
        member__in=board_of.posts.values("author")
    )
    found = new.order_by("member", "network").distinct("member").select_related("member")
    return [(place.member, place.network_id) for place in found[:count]]


def topics_of_others(member: Member, count: int) -> list[tuple[Topic, Member, int]]:
    """Topics everyone may read in which a network speaks that `member` is not in; a member of it each."""
    hers = Membership.objects.filter(member=member).values("network")
    topics = (
        Topic.objects.listed()
        .filter(
            board__read_level=Access.EVERYONE, board__write_level=Access.MEMBERS, locked_at=None
        )
        .filter(network__isnull=False, network__archived_at=None)
        .exclude(Q(network__in=hers) | Q(board__network__in=hers))
        .order_by("-pk")
        .select_related("author")[:count]
    )
    return [(topic, topic.author, topic.network_id) for topic in topics]
