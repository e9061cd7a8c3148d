"""forums.groups.affiliations: both sides of an organisation's membership in a network."""

import pytest

from forums.base.errors import BadText, NotAllowed, Stale
from forums.groups.affiliations import actions as agreements
from forums.groups.affiliations.actions import Side
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Event, EventKind, Network
from forums.groups.organisations.models import NetworkOrganisation
from forums.notifications.inbox.actions import spread
from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Notification
from forums.notifications.registry import text_of
from tests.groups.organisations.make import enter, letters, make_organisation, represent
from tests.make import join, make_member, make_network
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


# -- In networks --------------------------------------------------------------------------------


def both(network, organisation):
    return {"network": network, "organisation": organisation}


@pytest.mark.parametrize("first", list(Side))
def test_it_is_a_member_once_both_sides_have_said_so(malee, somchai, network, first):
    made = make_organisation("สหกรณ์ริมคลอง", coordinator=somchai)
    sides = {Side.NETWORK: malee, Side.ORGANISATION: somchai}
    (second,) = set(Side) - {first}
    agreements.agree(member=sides[first], side=first, **both(network, made))
    agreements.agree(member=sides[first], side=first, **both(network, made))  # said twice
    network.refresh_from_db()
    assert (network.organisation_count, list(network.organisations.confirmed())) == (0, [])
    agreements.agree(member=sides[second], side=second, **both(network, made))
    network.refresh_from_db()
    assert network.organisation_count == 1
    assert [tie.organisation for tie in network.organisations.confirmed()] == [made]
    joined = Event.objects.get(what=EventKind.ORGANISATION_JOINED)
    assert (joined.network, joined.organisation, joined.actor) == (network, made, sides[second])


@pytest.mark.parametrize("side", list(Side))
def test_either_side_takes_it_back_and_the_home_goes_too(malee, somchai, network, side):
    made = make_organisation("", coordinator=somchai, network=network)
    Network.objects.filter(pk=network.pk).update(home=made)
    who = {Side.NETWORK: malee, Side.ORGANISATION: somchai}[side]
    assert agreements.part(member=who, side=side, **both(network, made))
    network.refresh_from_db()
    assert (network.organisation_count, network.home) == (0, None)
    assert Event.objects.filter(what=EventKind.ORGANISATION_LEFT, organisation=made).exists()
    with pytest.raises(Stale):
        agreements.part(member=who, side=side, **both(network, made))


def test_what_was_only_asked_leaves_no_trace_in_the_history(malee, network):
    made = make_organisation("")
    agreements.agree(member=malee, side=Side.NETWORK, **both(network, made))
    assert agreements.part(member=malee, side=Side.NETWORK, **both(network, made)) is False
    assert not Event.objects.exclude(what=EventKind.REGISTERED).exists()


@pytest.mark.parametrize("verb", [agreements.agree, agreements.part])
def test_nobody_speaks_for_a_side_that_is_not_hers(malee, somchai, moderator, network, verb):
    made = make_organisation("", coordinator=somchai, network=network)
    claimant = represent(made).member
    spokesperson = make_member()
    join(network, spokesperson, role=Role.SPOKESPERSON)
    for who in (somchai, moderator, spokesperson, claimant, make_member()):
        with pytest.raises(NotAllowed):
            verb(member=who, side=Side.NETWORK, **both(network, made))
    for who in (malee, moderator, spokesperson, claimant, make_member()):
        with pytest.raises(NotAllowed):
            verb(member=who, side=Side.ORGANISATION, **both(network, made))
    assert NetworkOrganisation.objects.get().is_confirmed


def test_an_archived_network_takes_nobody_but_may_be_left(malee, somchai, network):
    made = make_organisation("", coordinator=somchai, network=network)
    other = make_organisation("", coordinator=somchai)
    now = network.created_at
    Network.objects.filter(pk=network.pk).update(archived_at=now)
    with pytest.raises(NotAllowed):
        agreements.agree(member=somchai, side=Side.ORGANISATION, **both(network, other))
    with pytest.raises(NotAllowed):
        agreements.part(member=malee, side=Side.NETWORK, **both(network, made))
    assert agreements.part(member=somchai, side=Side.ORGANISATION, **both(network, made))


def test_the_network_says_in_a_few_words_what_it_is_there(malee, somchai, network):
    made = make_organisation("", coordinator=somchai, network=network)
    agreements.agree(member=malee, side=Side.NETWORK, note="28 ครัวเรือน", **both(network, made))
    agreements.agree(member=somchai, side=Side.ORGANISATION, note="เปลี่ยนเอง", **both(network, made))
    assert [tie.note for tie in network.organisations.confirmed()] == ["28 ครัวเรือน"]
    with pytest.raises(BadText):
        agreements.agree(member=malee, side=Side.NETWORK, note="ก" * 121, **both(network, made))


@pytest.mark.django_db(transaction=True)
def test_both_sides_saying_yes_at_once_and_both_parting_at_once_are_counted_once():
    malee, somchai = make_member(), make_member()
    network = make_network("", malee)
    made = make_organisation("", coordinator=somchai)
    sides = [(malee, Side.NETWORK), (somchai, Side.ORGANISATION)] * 4

    def agree(pair):
        return agreements.agree(member=pair[0], side=pair[1], **both(network, made))

    def part(pair):
        return agreements.part(member=pair[0], side=pair[1], **both(network, made))

    results = in_threads(agree, sides)
    assert all(isinstance(result, NetworkOrganisation) for result in results), results
    network.refresh_from_db()
    assert network.organisation_count == 1
    results = in_threads(part, sides)
    assert sum(result is True for result in results) == 1
    assert sum(isinstance(result, Stale) for result in results) == 7
    network.refresh_from_db()
    assert network.organisation_count == 0
    assert Event.objects.filter(what=EventKind.ORGANISATION_LEFT).count() == 1


# -- Letters ------------------------------------------------------------------------------------


def test_who_has_to_answer_gets_a_letter_as_long_as_there_is_something_to_answer(
    malee, somchai, network
):
    made = make_organisation("สหกรณ์ริมคลอง", coordinator=somchai)
    agreements.agree(member=malee, side=Side.NETWORK, **both(network, made))
    (letter,) = letters("organisation_invited")
    assert letter.member == somchai
    words = text_of(letter)
    assert "สหกรณ์ริมคลอง" in words.subject
    assert f"{made.get_absolute_url()}networks/" in words.body
    agreements.agree(member=somchai, side=Side.ORGANISATION, **both(network, made))
    assert text_of(letter) is None


def test_a_networks_coordinators_are_told_that_an_organisation_asks(malee, somchai, network):
    made = make_organisation("", coordinator=somchai)
    agreements.agree(member=somchai, side=Side.ORGANISATION, **both(network, made))
    (letter,) = letters("organisation_asks")
    assert letter.member == malee
    assert text_of(letter) is not None
    agreements.part(member=somchai, side=Side.ORGANISATION, **both(network, made))
    assert text_of(letter) is None


def test_a_network_that_takes_in_an_unconfirmed_organisation_is_asked_about_its_people(
    malee, somchai, network
):
    made = make_organisation("", somchai, represents=True)
    assert letters("represents") == []
    enter(network, made, somchai)
    (letter,) = letters("represents")
    assert letter.member == malee
    assert text_of(letter) is not None


@pytest.mark.parametrize("yes", [True, False])
def test_who_asked_is_told_yes_or_no_here_and_by_letter(malee, somchai, network, yes):
    made = make_organisation("สหกรณ์", coordinator=somchai)
    agreements.agree(member=somchai, side=Side.ORGANISATION, **both(network, made))
    answer = agreements.agree if yes else agreements.part
    answer(member=malee, side=Side.NETWORK, **both(network, made))
    (letter,) = letters("organisation_answered")
    assert letter.member == somchai
    assert "สหกรณ์" in text_of(letter).subject
    spread()
    note = Notification.objects.get(member=somchai, kind="organisation_answered")
    assert lines_of(somchai, [note])[note.pk].text == text_of(letter).subject
    if yes:
        agreements.part(member=malee, side=Side.NETWORK, **both(network, made))
        assert text_of(letter) is None
