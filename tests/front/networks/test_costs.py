"""What a page of a network asks the database: as much for forty rows as for two."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.utils import timezone

from accounts.models import Member
from forums.discussions.topics.models import State, TopicNetwork
from forums.groups.contacts.models import Contact, Office
from forums.groups.links.actions import ask_link
from forums.groups.networks.models import EventKind, Network
from forums.groups.networks.recording import record_event
from forums.groups.organisations.models import NetworkOrganisation, Organisation
from tests.answers import questions
from tests.front.networks.make import hold, room
from tests.made_once import made_once, no_pace
from tests.make import join, make_board, make_member, make_network, make_topic


def fill(network, rows):
    """So many of everything a network's page shows."""
    founder, now = network.registered_by, timezone.now()
    board = room(network)
    author = make_member(is_staff=True)
    for n in range(rows):
        make_topic(author, board, title=f"กระทู้ {n}", kind="article", tags=["หนึ่ง"])
        joined = make_topic(author, make_board(), title=f"ร่วม {n}")
        TopicNetwork.objects.create(topic=joined, network=network, state=State.JOINED)
        record_event(network.pk, EventKind.TOPIC_JOINED, actor=founder, topic=joined)
        record_event(network.pk, EventKind.JOINED, actor=author, member=author)
        activity = hold(network, f"กิจกรรม {n}", days=n - rows // 2)
        record_event(network.pk, EventKind.ACTIVITY_REPORTED, actor=founder, activity=activity)
        other = make_network(f"{network.name} เพื่อน {n}", founder)
        ask_link(member=founder, network=network, other=other, kind="linked")
        Contact.objects.create(network=network, label=f"ล {n}", value=f"{n}", audience="everyone")
        Office.objects.create(network=network, title=f"หน้าที่ {n}", holder="ก", member=author)
        organisation = Organisation.objects.create(
            slug=f"{network.pk}-{n}", name=f"องค์กร {n}", name_key=f"{network.pk}-{n}", sort_key="ก",
            sector="civil", created_by=founder,
        )  # fmt: skip
        NetworkOrganisation.objects.create(
            network=network, organisation=organisation, by_network_at=now, by_organisation_at=now
        )
        record_event(
            network.pk, EventKind.ORGANISATION_JOINED, actor=founder, organisation=organisation
        )


class Filled(NamedTuple):
    few: Network
    many: Network
    people: dict[str, Member | None]


@pytest.fixture(scope="module")
def _filled(django_db_setup, django_db_blocker) -> Iterator[Filled]:
    with made_once(django_db_blocker):
        with no_pace():
            coordinator, member = make_member(), make_member()
            few, many = make_network("น้อย", coordinator), make_network("มาก", coordinator)
            fill(few, 2)
            fill(many, 40)
            for network in (few, many):
                join(network, member)
        yield Filled(few, many, {"visitor": None, "member": member, "coordinator": coordinator})


@pytest.fixture
def filled(_filled, db) -> Filled:
    return _filled


@pytest.mark.parametrize("who", ["visitor", "member", "coordinator"])
def test_a_page_asks_as_many_questions_for_forty_rows_as_for_two(as_, filled, who):
    client = as_(filled.people[who])
    tabs = ["", "topics/", "timeline/"]
    if who == "coordinator":
        tabs += ["history/", "manage/", "edit/", "contacts/", "structure/", "links/", "ask/"]
    client.get("/")  # the footer's pages are kept for a minute
    told = {}
    for tab in tabs:
        told[tab] = [
            questions(client, network.get_absolute_url() + tab)
            for network in (filled.few, filled.many)
        ]
    assert all(few == many and many <= 12 for few, many in told.values()), told
