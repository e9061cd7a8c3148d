"""What is noted of a session (address of the net, browser, time) goes when it ends, however it ends."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.actions import end_sessions
from accounts.models import Member
from forums.notifications.actions import remind
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "ฝนตกที่หน้าต่าง 9 ครั้ง"


def noted(member: Member) -> int:
    return UserSession.objects.filter(user=member).count()


def expire(**keys: str) -> None:
    Session.objects.filter(**keys).update(expire_date=timezone.now() - timedelta(minutes=1))


def test_signing_out_deletes_what_was_noted_and_of_no_other_device(malee, login):
    telephone, library = login(malee), login(malee)
    assert noted(malee) == 2
    library.post("/accounts/logout/")
    assert noted(malee) == 1
    assert telephone.get("/accounts/sessions/").content.decode().count("เครื่องนี้") == 1


def test_a_session_that_expired_goes_with_what_was_noted(malee, somchai, login):
    login(malee)
    staying = login(somchai)
    expire(pk=UserSession.objects.get(user=malee).session_key)
    assert remind() == []
    assert (noted(malee), noted(somchai)) == (0, 1)
    assert list(Session.objects.values_list("pk", flat=True)) == [staying.session.session_key]


def test_so_does_what_was_noted_of_one_that_ended_in_another_way(malee, somchai, login):
    """As Django ends one whose password was changed elsewhere, or whose member was suspended."""
    login(malee).session.flush()
    login(somchai)
    remind()
    assert (noted(malee), noted(somchai)) == (0, 1)


def test_a_new_password_ends_the_sessions_of_the_old_one(malee, login):
    login(malee)
    here = login(malee)
    noted_here = UserSession.objects.get(session_key=here.session.session_key)
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/change/", fields).status_code == 302
    kept = UserSession.objects.get(user=malee)
    assert kept.session_key == here.session.session_key
    assert kept.pk == noted_here.pk  # and what hangs on it: the device is not pushed to any less
    assert here.get("/settings/").status_code == 200
    assert Session.objects.count() == 1


def test_so_many_are_forgotten_at_once(malee, login, monkeypatch):
    monkeypatch.setattr("accounts.actions.SESSIONS_AT_ONCE", 2)
    for _device in range(3):
        login(malee)
    expire()
    remind()
    assert Session.objects.count() == 1
    remind()
    assert (Session.objects.count(), noted(malee)) == (0, 0)


def test_of_one_member_the_newest_thirty_are_kept_so_that_signing_in_costs_the_same(
    malee, somchai, login, monkeypatch
):
    monkeypatch.setattr("accounts.actions.SESSIONS_KEPT", 3)
    other = login(somchai)
    clients = [login(malee) for _ in range(5)]
    assert [client.get("/settings/").status_code for client in clients] == [302] * 2 + [200] * 3
    assert noted(malee) == 3
    assert Session.objects.count() == 4
    assert other.get("/settings/").status_code == 200


def test_however_many_there_are_they_end_at_once(malee, login, django_assert_num_queries):
    for _ in range(6):
        login(malee)
    with django_assert_num_queries(7):  # two begin and end the transaction, two look for devices
        end_sessions(member=malee)
    assert (noted(malee), Session.objects.count()) == (0, 0)
