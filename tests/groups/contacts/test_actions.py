"""forums.groups.contacts.actions: contacts, and who does what."""

from datetime import date

import pytest

from forums.base.errors import BadText, NotAllowed, Stale
from forums.groups.contacts import actions
from forums.groups.contacts.models import Contact, Office
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Audience, Event, EventKind
from tests.make import join, make_member, make_network
from tests.threads import in_threads


def contact(editor, network, **fields):
    said = {"label": "โทรศัพท์", "value": "081 234 5678", "audience": Audience.NETWORK}
    return actions.save_contact(editor=editor, network=network, **said | fields)


def office(editor, network, **fields):
    said = {"title": "เหรัญญิก", "holder": "ละเมียด ศรีคลอง"}
    return actions.save_office(editor=editor, network=network, **said | fields)


def test_what_a_contact_was_the_history_does_not_keep(malee, network):
    contact(malee, network)
    line = Event.objects.filter(what=EventKind.EDITED).get()
    assert line.details == {"changed": ["contacts"]}


@pytest.mark.parametrize("fields", [{"label": "\u200b"}, {"value": " "}, {"value": "ก" * 5000}])
def test_a_contact_says_what_it_is(malee, network, fields):
    with pytest.raises(BadText):
        contact(malee, network, **fields)
    assert not Contact.objects.exists()


def test_changing_one_that_somebody_else_changed_is_refused(malee, network):
    first = contact(malee, network)
    seen = actions.seen_as(first)
    contact(malee, network, contact=first, seen=seen, value="082")
    with pytest.raises(Stale):
        contact(malee, network, contact=first, seen=seen, value="083")
    actions.remove(editor=malee, network=network, entry=first)
    with pytest.raises(Stale):
        contact(malee, network, contact=first, value="084")
    assert not Contact.objects.exists()


def test_a_duty_ends_after_it_begins(malee, network):
    with pytest.raises(BadText):
        office(malee, network, since=date(2026, 5, 1), until=date(2026, 4, 30))
    held = office(malee, network, since=date(2026, 5, 1), until=date(2026, 5, 1))
    assert held.since == held.until


def test_a_duty_leads_to_the_page_of_a_member_of_the_network_only(malee, somchai, network):
    with pytest.raises(BadText):
        office(malee, network, handle="somchai")
    join(network, somchai)
    assert office(malee, network, handle="@Somchai").member == somchai


def test_entries_stand_in_the_order_they_are_put_in(malee, network):
    one, two, three = (office(malee, network, title=title) for title in ("ก", "ข", "ค"))
    actions.move(editor=malee, network=network, entry=three, up=True)
    actions.move(editor=malee, network=network, entry=one, up=True)  # first already
    actions.move(editor=malee, network=network, entry=two, up=False)  # last already
    assert list(Office.objects.values_list("title", flat=True)) == ["ก", "ค", "ข"]


def test_there_is_a_most_of_them(malee, network, monkeypatch):
    monkeypatch.setitem(actions.MOST, Contact, 2)
    contact(malee, network, value="1")
    contact(malee, network, value="2")
    with pytest.raises(NotAllowed):
        contact(malee, network, value="3")


def test_who_no_longer_coordinates_changes_nothing(malee, somchai, network):
    join(network, somchai, role=Role.COORDINATOR)
    mine = contact(malee, network)
    Membership.objects.filter(member=malee).update(role=Role.MEMBER)
    for refused in (
        lambda: contact(malee, network),
        lambda: contact(malee, network, contact=mine, value="1"),
        lambda: office(malee, network),
        lambda: actions.remove(editor=malee, network=network, entry=mine),
        lambda: actions.move(editor=malee, network=network, entry=mine, up=True),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert Contact.objects.get().value == "081 234 5678"


def test_an_entry_of_another_network_is_not_touched(malee, somchai, network):
    theirs = contact(somchai, make_network("คนรักป่า", somchai))
    with pytest.raises(Stale):
        contact(malee, network, contact=theirs, value="ของเรา")
    actions.remove(editor=malee, network=network, entry=theirs)
    actions.move(editor=malee, network=network, entry=theirs, up=True)
    assert Contact.objects.get().value == "081 234 5678"


def test_the_same_contact_and_the_same_duty_sent_twice_stand_once(malee, network):
    for _ in range(2):
        contact(malee, network)
        office(malee, network)
    assert (network.contacts.count(), network.offices.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_contact_sent_many_times_at_once_stands_once():
    malee = make_member("malee")
    network = make_network("", malee)
    in_threads(lambda _n: contact(malee, network), range(6))
    assert network.contacts.count() == 1
