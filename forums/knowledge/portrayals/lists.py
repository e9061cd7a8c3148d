"""What stands on the pages of portrayals. Reads only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import TrustLevel
from accounts.references import MemberRef
from forums.discussions.topics.beside import VoiceRow
from forums.discussions.topics.models import Topic
from forums.discussions.voices.lists import ViewRow, networks_in, views_of
from forums.groups.memberships.models import Membership, roles_of
from forums.groups.networks.references import NetworkRef
from forums.knowledge.portrayals.blind import own_first
from forums.knowledge.portrayals.models import Judging, Portrayal
from forums.knowledge.portrayals.permissions import may_portray_here
from forums.knowledge.portrayals.standing import PassedRow, own_words, passed_in, targets_among
from forums.knowledge.voting.permissions import MEMBER_FOR

TO_JUDGE = 3
MINE = 5
NETWORKS, FEW = 3, 2  # a page, and of what each of them passed there
PAGE = 20  # texts one network passed, on a page of its own


@dataclass(slots=True)
class SpokenNetwork:
    """A network of a topic: its own words, what others say it thinks, and whether the reader may."""

    network: VoiceRow
    view: ViewRow | None
    may_portray: bool
    passed: list[PassedRow] = field(default_factory=list)
    more: int = 0  # texts it passed that follow


@dataclass(frozen=True, slots=True)
class ToJudgeRow:
    """One that waits for the reader, and in which network of hers: nothing of who wrote it."""

    url: str
    network: NetworkRef


def spoken_in(topic: Topic, member: Any, *, of: str = "", start: int = 0) -> list[SpokenNetwork]:
    """The networks of a topic as they came, from the `start`th on a page and one, each with the first texts it passed; or
    that of the slug `of`, with what it passed from the `start`th on: four queries, six for who is in one of them."""
    networks = networks_in(topic)
    if of:
        networks, first, last = [each for each in networks if each.slug == of], start, start + PAGE
    else:
        networks, first, last = networks[start : start + NETWORKS + 1], 0, FEW
    there = [network.id for network in networks]
    views = views_of(topic, there)
    may: set[int] = set()
    if views and may_portray_here(member, topic):
        may = targets_among(views.keys()) - roles_of(member).keys()
    rows = {
        each.id: SpokenNetwork(each, views.get(each.id), may_portray=each.id in may)
        for each in networks
    }
    for network, passed in passed_by(topic, rows.keys()).items():
        rows[network].more = max(0, len(passed) - last)
        rows[network].passed = passed[first:last]
    return list(rows.values())


def passed_by(topic: Topic, networks: Collection[int]) -> dict[int, list[PassedRow]]:
    """What the people of these networks passed, the oldest first, by network: one query."""
    found: dict[int, list[PassedRow]] = {}
    for each in passed_in(topic, of=networks):
        found.setdefault(each.network, []).append(each)
    return found


def passed_row(each: Portrayal) -> PassedRow:
    """One by itself. Its author and both networks must be loaded."""
    writer = each.author
    return PassedRow(
        pk=each.pk,
        body=each.body,
        author=MemberRef.of(
            writer.display_name, writer.handle, writer.picture if writer.is_active else None
        ),
        of="" if each.network.hidden_at else each.network.name,
        judges=each.judges,
        network=each.target_id,
        by=each.target.name,
    )


def mine_in(topic: Topic, member: Any) -> list[Portrayal]:
    """What she wrote here, the newest first; what passed stands with its network."""
    if not member.is_authenticated:
        return []
    hers = Portrayal.objects.visible_to(member).filter(topic=topic, author=member, passed=False)
    return list(hers.select_related("target").order_by("-pk")[:MINE])


def to_judge(topic: Topic, member: Any) -> list[ToJudgeRow]:
    """The oldest that wait for her: of networks of hers, by others, that she has not read yet. One query; none for who is
    in no network."""
    mine = [pk for pk, place in roles_of(member).items() if place.is_open]
    if not mine or member.trust_level < TrustLevel.KNOWN:
        return []
    done = Judging.objects.filter(portrayal=OuterRef("pk"), member=member)
    found = (
        Portrayal.objects.waiting()
        .filter(~Exists(done), topic=topic, target__in=mine)
        .filter(Exists(in_time(member)))
        .exclude(author=member)
        .exclude(against__author=member)
        .select_related("target")
        .order_by("pk")[:TO_JUDGE]
    )
    return [
        ToJudgeRow(
            f"/t/{topic.pk}/common/speak/{each.pk}/judge/",
            NetworkRef.of(
                each.target.name, each.target.slug, each.target.colour, each.target.emblem
            ),
        )
        for each in found
    ]


def in_time(member: Any) -> Any:
    """Her place in the network a portrayal is about, of a week before it was written."""
    return Membership.objects.filter(
        member=member,
        network=OuterRef("target"),
        joined_at__lte=OuterRef("created_at") - MEMBER_FOR,
    )


def texts_for(member: Any, portrayal: Portrayal) -> Sequence[str]:
    """Both texts in the order in which she reads them. Its `against` is loaded."""
    texts = [portrayal.body, own_words(portrayal.against)]
    return texts[::-1] if own_first(portrayal.pk, member.pk) else texts


def reasons_of(portrayal: Portrayal) -> list[str]:
    """What its readers said, unsigned, in an order that tells nothing of who came when; once it was judged."""
    if not portrayal.was_judged:
        return []
    said = portrayal.judgings.exclude(why="").values_list("why", flat=True)
    return sorted(said)
