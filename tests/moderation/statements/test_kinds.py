"""The letter that says why, and the line that leads to the page: for what is grave, to her alone, suspended or not."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from forums.base.errors import NotAllowed
from forums.moderation import actions as moderation
from forums.moderation.grounds import Grounds
from forums.moderation.letters import page_path
from forums.moderation.models import Act
from forums.moderation.rules.models import HouseRule
from forums.moderation.sanctions.actions import suspend
from forums.moderation.statements.reasons import reasons_of, who_decided
from forums.notifications.actions import deliver
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Email, Notification
from tests.make import make_network, make_network_board, make_post, make_topic


@pytest.fixture
def malee(malee):
    EmailAddress.objects.create(user=malee, email=malee.email, verified=True, primary=True)
    return malee


def letters() -> list[str]:
    deliver()
    return [letter.body for letter in mail.outbox]


def test_what_is_hidden_is_told_by_a_letter_with_all_of_it(malee, moderator, mailoutbox):
    rule = HouseRule.objects.create(number=103, title="ไม่ขายของ", text="ไม่โฆษณา")
    topic = make_topic(malee, title="แจกของ")
    moderation.hide_topic(moderator=moderator, topic=topic, reason=Grounds("ขายครีม", rule))
    (body,) = letters()
    for said in ("แจกของ", "ขายครีม", "103. ไม่ขายของ", "ผู้ดูแลเว็บ", "ขอให้ดูใหม่", "/decisions/letter/"):
        assert said in body
    assert moderator.display_name not in body


def test_the_letters_link_opens_without_signing_in_after_a_suspension(
    as_, malee, moderator, mailoutbox
):
    suspend(moderator=moderator, member=malee, reason="ลงเบอร์คนอื่นซ้ำ")
    (body,) = letters()
    path = re.search(r"https?://[^/]+(/decisions/letter/\S+)", body)[1]
    assert "ลงเบอร์คนอื่นซ้ำ" in as_(None).get(path).content.decode()


def test_what_is_light_is_told_on_the_page_only(malee, moderator):
    decision = moderation.lock(moderator=moderator, topic=make_topic(malee), reason="ร้อนไป")
    assert not Email.objects.filter(kind="statement").exists()
    spread()
    note = Notification.objects.get(member=malee, key=f"decided-{decision.pk}")
    assert note.data == {"decision": decision.pk}


def test_nobody_is_told_what_she_decided_about_her_own(malee, moderator):
    moderation.hide_topic(moderator=moderator, topic=make_topic(moderator), reason="ลองดู")
    assert not Email.objects.filter(kind="statement").exists()


def test_a_networks_moderator_decides_in_its_name_and_the_statement_says_so(malee, somchai):
    network = make_network("คนรักคลองลาดพร้าว", malee)
    post = make_post(make_topic(malee, make_network_board(network)), somchai)
    decision = moderation.hide_post(moderator=malee, post=post, reason="นอกเรื่อง")
    found = reasons_of(decision, somchai)
    assert found.who == "ผู้ดูแลห้องของเครือข่าย “คนรักคลองลาดพร้าว”"
    assert found.url == f"/p/{post.pk}/words/"
    with pytest.raises(NotAllowed):
        moderation.hide_post(moderator=somchai, post=post, reason="นอกเรื่อง")


def test_what_a_rule_decided_says_that_no_person_did(malee, somchai):
    post = make_post(make_topic(somchai), malee)
    decision = moderation.decide(Act.HIDE, moderator=None, reason="มีคนแจ้งหลายคน", target=post)
    assert who_decided(decision) == "เกณฑ์อัตโนมัติที่นับการแจ้งปัญหา ไม่ใช่คน"
    assert Email.objects.filter(kind="statement", member=malee).exists()
    assert page_path(decision) == f"/decisions/{decision.pk}/"
