"""Asked again when the terms change: reading goes on, writing needs it, nothing typed is lost."""

import pytest
from django.test import Client

from accounts.agreeing import has_agreed, wording
from accounts.models import Consent
from forums.base.errors import NotAllowed
from forums.discussions.posts.models import Post
from forums.privacy.agreements import actions
from tests.clients import signed_in
from tests.make import make_member, make_topic

CHANGED = "เพิ่มเรื่องการใช้เอไอ"


@pytest.fixture
def topic(db):
    return make_topic()


def publish() -> None:
    actions.publish(moderator=make_member(is_staff=True, is_superuser=True), said=CHANGED)


def test_the_first_wording_is_what_signing_up_asks_and_nobody_is_asked_again(db, settings):
    assert wording() == settings.CONSENT_VERSION
    assert has_agreed(make_member())


def test_after_a_new_wording_she_reads_on_and_her_text_comes_back(topic):
    member = make_member()
    browser = signed_in(member)
    publish()
    assert browser.get(topic.get_absolute_url()).status_code == 200
    answer = browser.post(f"/t/{topic.pk}/reply/", {"body": "ฝากไว้ก่อน"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "ฝากไว้ก่อน" in page
    assert "/agree/" in page
    assert not Post.objects.filter(author=member).exists()


def test_having_agreed_she_writes(topic):
    member = make_member()
    browser = signed_in(member)
    publish()
    assert CHANGED in browser.get("/agree/").content.decode()
    assert browser.post("/agree/", {}).status_code == 400
    assert browser.post("/agree/", {"consent": "on"}).status_code == 302
    assert browser.post("/agree/", {"consent": "on"}).status_code == 302
    assert Consent.objects.filter(member=member, version=wording()).count() == 1
    assert browser.post(f"/t/{topic.pk}/reply/", {"body": "เขียนได้แล้ว"}).status_code == 302


def test_what_is_for_herself_needs_no_new_agreement(db):
    browser = signed_in(make_member())
    publish()
    assert browser.post("/settings/privacy/copy/").status_code == 302
    assert browser.post("/settings/privacy/take-back/").status_code == 302


def test_only_an_administrator_publishes(db):
    with pytest.raises(NotAllowed):
        actions.publish(moderator=make_member(is_staff=True), said=CHANGED)
    boss = make_member(is_staff=True, is_superuser=True)
    browser = signed_in(boss)
    assert browser.post("/admin/forums/wording/add/", {"said": CHANGED}).status_code == 302
    assert wording() != "2026-11-28"
    assert has_agreed(boss)


def test_what_she_says_of_herself_is_taken_back(db):
    member = make_member(bio="ชอบคลอง", province="10")
    signed_in(member).post("/settings/privacy/take-back/")
    member.refresh_from_db()
    assert (member.bio, member.province) == ("", "")


def test_without_the_age_box_nobody_signs_up(db):
    form = {
        "email": "a@example.org",
        "username": "เด็ก",
        "password1": "คลองบ้านเราใส 7",
        "consent": "on",
    }
    answer = Client().post("/accounts/signup/", form)
    assert answer.status_code == 200
    assert "ผู้ปกครอง" in answer.content.decode()
