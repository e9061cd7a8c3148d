"""Addresses of people who never joined are not kept: in no letter, in no invitation, in no key."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from forums.discussions.announcements.actions import announce
from forums.groups.invitations.actions import invite_by_mail, make_link
from forums.groups.invitations.models import Invitation
from forums.notifications.actions import deliver, remind
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Email, Telling
from forums.notifications.outbox import write_emails
from forums.notifications.registry import passing_kinds
from forums.reading.messages.actions import begin
from tests.make import join, make_member, make_network, make_network_board

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(malee):
    return make_network("คนรักคลอง", malee)


def later(days: float) -> None:
    """So much time passes, then the house forgets what it should."""
    ago = timezone.now() - timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE forums_letter SET created_at = %s", [ago])
    Invitation.objects.update(created_at=ago)
    assert remind() == []


def kept() -> str:
    """All that the two tables hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(l::text, ' ') FROM forums_letter l")
        letters = cursor.fetchone()[0] or ""
        cursor.execute("SELECT string_agg(i::text, ' ') FROM forums_invitation i")
        return letters + (cursor.fetchone()[0] or "")


def test_thirty_days_after_an_invitation_its_address_is_forgotten(malee, network):
    invite_by_mail(coordinator=malee, network=network, addresses=["stranger@example.net"], days=90)
    deliver()
    later(29)
    assert "stranger" in kept()
    later(31)
    assert "stranger" not in kept()


def test_one_that_never_could_be_sent_too(malee, network):
    invite_by_mail(coordinator=malee, network=network, addresses=["stranger@example.net"], days=7)
    later(31)
    assert "stranger" not in kept()


def test_the_list_still_says_what_it_was_and_its_link_is_handed_to_nobody(malee, network, as_):
    link = make_link(coordinator=malee, network=network, days=90, uses=5)
    [sent] = invite_by_mail(
        coordinator=malee, network=network, addresses=["stranger@example.net"], days=90
    )
    later(31)
    page = as_(malee).get(f"/n/{network.slug}/invitations/").content.decode()
    assert "ใครคนหนึ่งทางอีเมล" in page
    assert sent.token not in page
    assert link.token in page
    sheet = f"/n/{network.slug}/invitations/{sent.pk}/sheet/"
    assert as_(malee).get(sheet).status_code == 404
    assert as_(make_member()).get(f"/join/{sent.token}/").status_code == 200  # hers still opens


def test_from_where_somebody_tried_to_sign_in_is_forgotten_with_its_count():
    cache.clear()
    for client in ({"REMOTE_ADDR": "203.0.113.9"}, {"REMOTE_ADDR": "198.51.100.7"}):
        Client(**client).post("/accounts/login/", {"login": "malee", "password": "ไม่ใช่ รหัสนี้"})
    assert "203.0.113.9" in tries()
    with connection.cursor() as cursor:
        past = timezone.now() - timedelta(minutes=1)
        cursor.execute("UPDATE cache SET expires = %s WHERE cache_key LIKE '%%203.0.113.9'", [past])
    assert remind() == []
    assert "203.0.113.9" not in tries()
    assert "198.51.100.7" in tries()  # still counted


def tries() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key, ' ') FROM cache")
        return cursor.fetchone()[0] or ""


def test_letters_to_members_stay(malee):
    write_emails("welcome", key="welcome", members=[malee.pk])
    later(400)
    assert Email.objects.count() == 1


def test_so_many_are_forgotten_at_once(malee, network, monkeypatch):
    monkeypatch.setattr("forums.notifications.actions.FORGOTTEN", 2)
    monkeypatch.setattr("forums.groups.invitations.actions.FORGOTTEN", 2)
    people = [f"stranger{n}@example.net" for n in range(3)]
    invite_by_mail(coordinator=malee, network=network, addresses=people, days=7)
    later(31)
    assert Email.objects.count() == 1
    assert Invitation.objects.exclude(email="").count() == 1


def test_what_is_said_once_a_day_is_not_said_twice_for_it(malee, network):
    """What was forgotten is older than any day that a key still stands for."""
    write_emails("invitation", key="x", addresses=["stranger@example.net"], daily=True)
    write_emails("invitation", key="x", addresses=["stranger@example.net"], daily=True)
    remind()
    assert Email.objects.count() == 1


def test_letters_of_messages_and_announcements_are_forgotten_after_two_weeks(malee, network):
    join(network, member := make_member())
    board = make_network_board(network)
    announce(coordinator=malee, network=network, board=board, title="น้ำขึ้น", body="คืนนี้")
    Telling.objects.update(due_at=timezone.now())
    spread()
    begin(writer=malee, people=[member], body="สวัสดีค่ะ")
    assert set(Email.objects.values_list("kind", flat=True)) == {"message", "network-announced"}
    later(13)
    assert Email.objects.count() == 2
    later(15)
    assert not Email.objects.exists()


def test_the_index_has_every_kind_that_is_forgotten_so():
    (index,) = [each for each in Email._meta.indexes if each.name == "letter_not_kept"]
    assert sorted(dict(index.condition.children)["kind__in"]) == passing_kinds()
