"""forums.groups.profiles.kinds: what is told when a letter goes out, and what no longer is."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from forums.groups.links.actions import ask_link, confirm_link
from forums.groups.links.kinds import link_asked
from forums.groups.links.models import NetworkLink
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Network
from forums.groups.profiles.actions import confirm_network
from forums.groups.profiles.kinds import remind, unconfirmed
from forums.notifications.models import Email
from tests.make import join, make_network


@pytest.fixture(autouse=True)
def _in_thai():
    with translation.override("th"):
        yield


@pytest.fixture
def reminder(malee):
    network = make_network("คนรักคลอง", malee)
    Network.objects.update(confirmed_at=timezone.now() - timedelta(days=400))
    remind(timezone.now())
    network.refresh_from_db()
    return network, Email.objects.get()


def test_a_reminder_says_where_to_confirm_the_page(reminder, settings):
    network, letter = reminder
    words = unconfirmed(letter)
    assert "คนรักคลอง" in words.subject
    assert f"{settings.SITE_URL}{network.get_absolute_url()}manage/" in words.body


def test_a_reminder_says_nothing_once_it_is_not_needed(reminder, malee, somchai):
    network, letter = reminder
    join(network, somchai, role=Role.COORDINATOR)
    Membership.objects.filter(member=malee).update(role=Role.MEMBER)
    assert unconfirmed(letter) is None
    Membership.objects.filter(member=malee).update(role=Role.COORDINATOR)
    assert unconfirmed(letter)
    confirm_network(member=malee, network=network)
    assert unconfirmed(letter) is None


def test_a_reminder_says_nothing_of_an_archived_network(reminder):
    network, letter = reminder
    Network.objects.filter(pk=network.pk).update(archived_at=timezone.now())
    assert unconfirmed(letter) is None


def test_a_request_to_be_linked_is_told_while_it_waits(malee, somchai):
    one, two = make_network("หนึ่ง", malee), make_network("สอง", somchai)
    link = ask_link(member=malee, network=one, other=two, kind="parent")
    letter = Email.objects.get()
    assert "“หนึ่ง” บอกว่าเป็นส่วนหนึ่งของ “สอง”" in link_asked(letter).subject
    confirm_link(member=somchai, link=link)
    assert link_asked(letter) is None
    NetworkLink.objects.all().delete()
    assert link_asked(letter) is None
