"""Many networks at once, for measuring: of all kinds, sectors and provinces, each with its words."""

import random
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Member
from accounts.provinces import ALL
from forums.base.appearance import Colour, Emblem
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Network, NetworkKind, Sector, TaggedNetwork, Tie
from forums.groups.networks.search_words import search_words
from forums.tags.tagging import get_tags
from forums.text.thai import name_key, sort_key

WHO = "เพื่อน อาสา คนเฝ้า ครู ชุมชน เครือข่าย กลุ่ม แม่บ้าน ไทบ้าน โรงเรียน".split()
WHAT = "ป่าต้นน้ำ สุขภาพ ที่อยู่อาศัย ชายฝั่ง เกษตรอินทรีย์ ผู้สูงอายุ ห้องสมุด ขยะ ตลาดนัด แรงงาน".split()
DOES = "ดูแล แลกเปลี่ยน เฝ้าระวัง เรียนรู้ ออมเงิน ฟื้นฟู ส่งต่อ จดบันทึก".split()


@transaction.atomic
def many_networks(count: int, coordinator: Member, *, ties: int = 0) -> list[Network]:
    """`count` networks `coordinator` coordinates, and as many ties of each with others as `ties` says."""
    chance = random.Random(7)
    now = timezone.now()
    tags = get_tags([f"{what}ตัวอย่าง" for what in WHAT])
    networks = Network.objects.bulk_create(
        [_network(number, chance, now, coordinator) for number in range(count)]
    )
    Membership.objects.bulk_create(
        [
            Membership(
                network=network,
                member=coordinator,
                role=Role.COORDINATOR,
                sort_key="",
                joined_at=now,
            )
            for network in networks
        ]
    )
    TaggedNetwork.objects.bulk_create(
        [TaggedNetwork(network=network, tag=chance.choice(tags)) for network in networks]
    )
    pairs = {
        (one, other)
        for one in networks
        for other in chance.sample(networks, min(ties, len(networks)))
        if one != other
    }
    both = pairs | {(other, one) for one, other in pairs} | {(each, each) for each in networks}
    Tie.objects.bulk_create(
        [
            Tie(
                source=one,
                target=other,
                replies=3,
                members=chance.randrange(9),
                topics=chance.randrange(4),
            )
            for one, other in both
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE forums_network, forums_taggednetwork, forums_tie")
    return networks


def _network(number: int, chance: random.Random, now: datetime, founder: Member) -> Network:
    what = chance.choice(WHAT)
    name = f"{chance.choice(WHO)}{what}{chance.choice(ALL).name} {number}"
    aim = f"{chance.choice(DOES)}เรื่อง{what} {chance.choice(DOES)}กับคนทั้งตำบล และบอกต่อว่าทำอะไรแล้วได้ผล"
    nationwide = chance.random() < 0.1
    places = [] if nationwide else chance.sample(ALL, chance.randint(1, 5))
    active = now - timedelta(minutes=chance.randrange(500_000))
    return Network(
        slug=f"many-{number}",
        name=name,
        name_key=name_key(name),
        sort_key=sort_key(name),
        aim=aim,
        kind=chance.choice(NetworkKind.values),
        sectors=chance.sample(Sector.values, chance.randint(1, 2)),
        provinces=[place.code for place in places],
        nationwide=nationwide,
        colour=chance.choice(Colour.values),
        emblem=chance.choice(Emblem.values),
        search_words=search_words(name, aim, [f"{what}ตัวอย่าง"], f"{aim} " * 20),
        member_count=chance.randrange(3000),
        organisation_count=chance.randrange(3) and chance.randrange(40),
        last_active_at=active,
        created_at=active,
        confirmed_at=now,
        registered_by=founder,
        confirmed_by=founder,
        verified_at=now if chance.random() < 0.2 else None,
        featured_at=now if number < 2 else None,
    )
