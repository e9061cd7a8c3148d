"""Two networks in a topic, the one with its own words and people who can say how well others' fit."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.discussions.voices.actions import set_view
from forums.groups.memberships.models import Membership, forget_roles
from forums.groups.networks.models import Network
from forums.knowledge.portrayals.actions import judge, portray
from forums.knowledge.portrayals.models import Judging, Portrayal
from tests.knowledge.making import member_of, network_in
from tests.make import make_topic

OWN = "เราอยากให้มีคนไปถึงทุกบ้าน ก่อนจะพูดเรื่องเครื่องมือ"
SAID = "เขาอยากให้ไปเยี่ยมทุกบ้านก่อน เรื่องเครื่องมือไว้ทีหลัง"


@dataclass
class Met:
    """`writer` is of `ours`; `owners` are of `theirs`, which has its own words here."""

    topic: Topic
    ours: Network
    theirs: Network
    writer: Member
    owners: list[Member]


def two_networks(*, owners: int = 6) -> Met:
    topic = make_topic()
    ours, theirs = network_in(topic, "คนรักคลอง"), network_in(topic, "อสม. บ้านเหนือ")
    people = [member_of(theirs) for _each in range(owners)]
    head = theirs.registered_by
    Membership.objects.filter(member=head).update(joined_at=timezone.now() - timedelta(days=60))
    forget_roles(head)
    set_view(member=head, topic=topic, network=theirs, body=OWN)
    theirs.refresh_from_db()
    return Met(topic, ours, theirs, member_of(ours), people)


def portrayed(met: Met, body: str = SAID, by: Member | None = None) -> Portrayal:
    return portray(member=by or met.writer, topic=met.topic, target=met.theirs, body=body)


def judged(met: Met, made: Portrayal, *scores: tuple[int, int]) -> Portrayal:
    """By as many of its owners, one after the other: what each gives it, and their own words."""
    for member, (fits, own) in zip(met.owners, scores, strict=False):
        judge(member=member, portrayal=made, fits=fits, own_fits=own)
    made.refresh_from_db()
    return made


def told_by(member: Member, made: Portrayal) -> Judging:
    return judge(member=member, portrayal=made, fits=4, own_fits=5, why="ขาดเรื่องเวร")
