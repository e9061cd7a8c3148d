"""forums.groups.links.actions: one side asks, the other confirms; a tree has no circles."""

import pytest
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed
from forums.groups.links.actions import ask_link, confirm_link, end_link
from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.networks.models import Event, EventKind, Network
from forums.notifications.models import Email
from tests.make import join, make_member, make_network
from tests.threads import in_threads

PARENT, LINKED = LinkKind.PARENT, LinkKind.LINKED


def link(member, network, other, kind=LINKED):
    return ask_link(member=member, network=network, other=other, kind=kind)


def parent(child, above):
    """`child` is part of `above`, both sides having said so."""
    asked = link(child.registered_by, child, above, PARENT)
    confirm_link(member=above.registered_by, link=asked)
    return asked


def test_a_link_shows_once_the_other_side_confirms(malee, somchai):
    one, two = make_network("หนึ่ง", malee), make_network("สอง", somchai)
    asked = link(malee, one, two)
    assert asked.confirmed_at is None
    assert Email.objects.get().member == somchai
    with pytest.raises(NotAllowed):
        confirm_link(member=malee, link=asked)
    confirm_link(member=somchai, link=asked)
    confirm_link(member=somchai, link=asked)  # pressed twice
    asked.refresh_from_db()
    assert asked.confirmed_at
    assert Email.objects.get().dropped_at
    lines = Event.objects.filter(what=EventKind.LINKED).values_list("network", "other")
    assert sorted(lines) == sorted([(one.pk, two.pk), (two.pk, one.pk)])


def test_who_coordinates_both_has_said_it_for_both(malee):
    one, two = make_network("หนึ่ง", malee), make_network("สอง", malee)
    assert link(malee, one, two) == NetworkLink.objects.exclude(confirmed_at=None).get()
    assert not Email.objects.exists()


def test_the_other_side_declines_and_either_ends_it(malee, somchai):
    one, two = make_network("หนึ่ง", malee), make_network("สอง", somchai)
    end_link(member=somchai, link=link(malee, one, two), network=two)
    assert not NetworkLink.objects.exists()
    assert not Event.objects.filter(what=EventKind.UNLINKED).exists()
    asked = link(malee, one, two)
    confirm_link(member=somchai, link=asked)
    end_link(member=malee, link=asked, network=one)
    end_link(member=somchai, link=asked, network=two)  # gone already
    assert Event.objects.filter(what=EventKind.UNLINKED).count() == 2


def test_strangers_ask_and_end_nothing(malee, somchai, moderator):
    one, two = make_network("หนึ่ง", malee), make_network("สอง", malee)
    join(one, somchai)
    for who in (somchai, moderator):
        with pytest.raises(NotAllowed):
            link(who, one, two)
    asked = link(malee, one, two)
    with pytest.raises(NotAllowed):
        end_link(member=somchai, link=asked, network=one)
    with pytest.raises(NotAllowed):
        end_link(member=malee, link=asked, network=make_network("สาม", malee))


def test_two_networks_are_linked_once_whoever_asked(malee, somchai):
    one, two = make_network("หนึ่ง", malee), make_network("สอง", somchai)
    link(malee, one, two)
    for member, source, target in ((malee, one, two), (somchai, two, one), (malee, one, one)):
        with pytest.raises(BadText):
            link(member, source, target)


def test_an_archived_network_takes_no_links(malee, somchai):
    one, two = make_network("หนึ่ง", malee), make_network("สอง", somchai)
    asked = link(malee, one, two)
    Network.objects.filter(pk=one.pk).update(archived_at=timezone.now())
    with pytest.raises(BadText):
        confirm_link(member=somchai, link=asked)
    with pytest.raises(BadText):
        link(somchai, two, make_archived(malee))


def make_archived(coordinator):
    network = make_network("เก็บแล้ว", coordinator)
    Network.objects.filter(pk=network.pk).update(archived_at=timezone.now())
    return network


def test_a_network_has_one_parent(malee, somchai):
    child, one, two = (make_network(name, malee) for name in ("ลูก", "แม่", "ป้า"))
    theirs = make_network("ตายาย", somchai)
    waiting = link(malee, child, theirs, PARENT)
    link(malee, child, one, PARENT)
    with pytest.raises(BadText):
        link(malee, child, two, PARENT)
    with pytest.raises(BadText):
        confirm_link(member=somchai, link=waiting)


def test_a_circle_of_parents_is_refused(db):
    one, two, three = (make_network(name) for name in ("หนึ่ง", "สอง", "สาม"))
    parent(one, two)
    parent(two, three)
    with pytest.raises(BadText):
        link(three.registered_by, three, one, PARENT)


@pytest.mark.django_db(transaction=True)
def test_four_confirmations_at_once_close_no_circle():
    four = [make_network(name, make_member()) for name in ("หนึ่ง", "สอง", "สาม", "สี่")]
    asked = [
        link(child.registered_by, child, above, PARENT)
        for child, above in zip(four, four[1:] + four[:1], strict=True)
    ]
    results = in_threads(
        lambda each: confirm_link(member=each.target.registered_by, link=each), asked
    )
    assert sum(isinstance(result, BadText) for result in results) == 1, results
    assert NetworkLink.objects.exclude(confirmed_at=None).count() == 3


def test_asked_taken_back_and_asked_again_is_one_letter_a_day(malee, somchai):
    one, two = make_network("หนึ่ง", malee), make_network("สอง", somchai)
    for _ in range(3):
        asked = link(malee, one, two)
        letter = Email.objects.get()
        assert (letter.dropped_at, letter.data) == (
            None,
            {"link": asked.pk},
        )  # it stands, so it is told
        end_link(member=malee, link=asked, network=one)
        assert Email.objects.get().dropped_at
    asked = link(malee, one, two)
    Email.objects.update(sent_at=timezone.now())
    end_link(member=malee, link=asked, network=one)
    link(malee, one, two)
    assert Email.objects.count() == 1  # she has had it today
    Email.objects.update(key="yesterday's")
    end_link(member=malee, link=NetworkLink.objects.get(), network=one)
    link(malee, one, two)
    assert Email.objects.filter(sent_at=None).count() == 1
