"""The page of the lost device: asked from the second step only, stopped from anywhere."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import Member
from forums.moderation.lost_devices import actions
from forums.moderation.lost_devices.models import Ending, LostDevice
from forums.notifications.actions import deliver
from tests.make import make_member
from tests.passkeys import give_passkey

PAGE = "/accounts/2fa/lost/"
PASSWORD = "มะม่วงสุกใต้ต้น 7 ลูก"  # noqa: S105
WORDS = {"words": "ถามนงค์ที่ อสม. น้ำว้าได้"}


@pytest.fixture
def owner(db) -> Member:
    cache.clear()
    member = make_member("malee", email="malee@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    return give_passkey(member)


@pytest.fixture
def between(owner) -> Client:
    """A browser whose owner has given her password, and stands before the second step."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": owner.handle, "password": PASSWORD})
    assert answer.url == "/accounts/2fa/authenticate/"
    return client


def test_the_second_step_leads_there_and_she_asks(between, owner):
    assert PAGE in between.get("/accounts/2fa/authenticate/").content.decode()
    page = between.get(PAGE).content.decode()
    assert "ผู้ดูแลเว็บจะรู้ได้อย่างไรว่าเป็นท่าน" in page
    assert between.post(PAGE, {"words": " "}).status_code == 400
    assert between.post(PAGE, WORDS).status_code == 302
    page = between.get(PAGE).content.decode()
    assert "ขอไว้เมื่อ" in page
    assert "name=" not in page.split("<main")[1].split("</main")[0].replace('name="csrf', "")
    assert between.get("/settings/").status_code == 302  # still not in
    assert LostDevice.objects.get().member == owner


def test_without_the_first_step_nobody_asks(client, owner, as_, somchai):
    for browser in (client, as_(somchai)):
        assert browser.get(PAGE).status_code == 200
        assert browser.post(PAGE, WORDS).status_code == 302
    assert not LostDevice.objects.exists()


def test_the_letters_link_stops_it_after_asking_once_more(owner, client):
    lost = actions.ask(member=owner, **WORDS)
    deliver()
    (path,) = re.findall(r"http://[^/]+(/accounts/2fa/lost/stop/\S+)", mail.outbox[-1].body)
    assert client.get(path).status_code == 200
    lost.refresh_from_db()
    assert lost.ended_at is None  # a program that looks at links stops nothing
    assert "หยุดแล้ว" in client.post(path).content.decode()
    lost.refresh_from_db()
    assert lost.ending == Ending.STOPPED
    assert "จบไปแล้ว" in client.get(path).content.decode()
    assert client.get(path[:-4] + "AAA/").status_code == 404


def test_a_device_still_signed_in_stops_it(owner, as_, somchai):
    actions.ask(member=owner, **WORDS)
    as_(somchai).post(f"{PAGE}stop/")
    assert LostDevice.objects.get().ended_at is None
    assert "/accounts/2fa/lost/stop/" in as_(owner).get(PAGE).content.decode()
    as_(owner).post(f"{PAGE}stop/")
    assert LostDevice.objects.get().ending == Ending.STOPPED


def test_passing_the_second_step_stops_it(owner, rf):
    from allauth.mfa.signals import authenticator_used

    actions.ask(member=owner, **WORDS)
    row = Authenticator.objects.get()
    authenticator_used.send(
        sender=Authenticator, request=rf.get("/"), user=owner, authenticator=row
    )
    assert LostDevice.objects.get().ending == Ending.STOPPED


def test_the_desk_says_that_she_waits_until_two_have_looked(owner, as_, moderator):
    def desk() -> str:
        return as_(moderator).get("/admin/").content.decode()

    assert "เครื่องที่ใช้ยืนยันตัวหาย" not in desk()
    actions.ask(member=owner, words=WORDS["words"])
    assert 'href="/admin/queue/?kind=lost_device">มีคนทำเครื่องที่ใช้ยืนยันตัวหาย' in desk()
    listed = as_(moderator).get("/admin/accounts/member/?lost=open").content.decode()
    assert owner.handle in listed
    for one in (moderator, make_member(is_staff=True)):
        actions.check(moderator=one, member=owner, reason="รู้จักกันมาสิบปี")
    assert "เครื่องที่ใช้ยืนยันตัวหาย" not in desk()
