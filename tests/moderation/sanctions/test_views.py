"""What a member sees of it: her page, the door that is shut, forms she may not send."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Member
from accounts.silence import is_open
from forums.discussions.posts.actions import reply
from forums.discussions.posts.models import Post
from forums.moderation.clarifications.models import Clarification
from forums.moderation.reports.models import ProblemReport
from forums.moderation.sanctions import actions
from forums.moderation.sanctions.models import Sanction
from forums.notifications.actions import deliver
from tests.make import make_topic
from tests.moderation.sanctions.test_actions import WHY, past

STANDING = "/settings/standing/"


def test_her_page_says_what_holds_until_when_and_why(as_, malee, moderator):
    browser = as_(malee)
    assert "บัญชีนี้ไม่มีข้อจำกัด" in browser.get(STANDING).content.decode()
    actions.silence(moderator=moderator, member=malee, days=3, reason=WHY)
    page = browser.get(STANDING).content.decode()
    assert "ให้งดเขียน" in page
    assert WHY in page
    assert moderator.display_name not in page


def test_a_visitor_is_asked_to_sign_in(as_):
    assert as_(None).get(STANDING).status_code == 302


def test_a_silenced_member_gets_her_words_back_with_until_when(as_, malee, moderator, board):
    topic = make_topic(malee, board)
    actions.silence(moderator=moderator, member=malee, days=3, reason=WHY)
    answer = as_(malee).post(f"/t/{topic.pk}/reply/", {"body": "ขอพูดอีกคำหนึ่ง"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "งดเขียนถึง" in page
    assert "ขอพูดอีกคำหนึ่ง" in page
    assert STANDING in page
    assert not Post.objects.filter(number=1).exists()


def test_a_silenced_member_still_reads_and_keeps_what_is_for_herself(as_, malee, moderator, board):
    topic = make_topic(moderator, board)
    post = topic.posts.get()
    actions.silence(moderator=moderator, member=malee, days=3, reason=WHY)
    browser = as_(malee)
    shown = browser.get(topic.get_absolute_url()).content.decode()
    assert "ช่วงนี้อ่านได้อย่างเดียว" in shown  # and not that the board is closed to her level
    assert STANDING in shown
    assert browser.post(f"/p/{post.pk}/bookmark/", {"on": "1"}).status_code == 302
    assert browser.post("/settings/display/", {"theme": "dark"}).status_code == 302
    assert browser.post(f"/p/{post.pk}/mark/useful/", {"on": "1"}).status_code == 403
    assert browser.post("/messages/new/", {"to": "moderator", "body": "ก"}).status_code == 403
    assert browser.post("/networks/new/", {"name": "เครือข่าย"}).status_code == 403


def signs_in(client):
    return client.post(
        "/accounts/login/", {"login": "malee", "password": "ข้าวเหนียว มะม่วง 9"}, follow=True
    )


@pytest.fixture
def with_password(malee):
    malee.set_password("ข้าวเหนียว มะม่วง 9")
    malee.save()
    EmailAddress.objects.create(user=malee, email=malee.email, verified=True, primary=True)
    return malee


def test_a_suspended_member_reads_why_and_until_when_and_comes_back_by_herself(
    client, with_password, moderator
):
    until = timezone.now() + timedelta(days=3)
    decision = actions.suspend(moderator=moderator, member=with_password, reason=WHY, until=until)
    answer = signs_in(client)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/accounts/inactive/", 302)]
    assert WHY in page
    assert "เมื่อครบกำหนดเข้าสู่ระบบได้ตามปกติ" in page
    past(decision.sanction)
    assert signs_in(client).redirect_chain[-1][0] != "/accounts/inactive/"
    assert Member.objects.get(pk=with_password.pk).is_active


def test_nobody_else_reads_why_somebody_is_suspended(client, with_password, moderator):
    actions.ban(moderator=moderator, member=with_password, reason=WHY)
    assert WHY not in client.get("/accounts/inactive/").content.decode()


def test_the_letter_says_what_why_and_until_when(with_password, moderator, mailoutbox):
    actions.ban(moderator=moderator, member=with_password, reason=WHY)
    actions.silence(moderator=moderator, member=with_password, days=3, reason=WHY)
    Sanction.objects.filter(kind="silence").update(ended_at=timezone.now())  # it holds no more
    deliver()
    (letter,) = mailoutbox
    assert "ถูกปิดถาวร" in letter.subject
    assert WHY in letter.body


def test_a_silenced_member_still_speaks_to_the_moderators(as_, malee, moderator, board):
    """She reports and takes it back, asks for a reply where she is named, takes back what waits; the gate of new terms
    leaves the same open."""
    topic = make_topic(moderator, board)
    waiting = reply(author=malee, topic=topic, body="รอผู้ดูแลอยู่")
    Post.objects.filter(pk=waiting.pk).update(held_at=timezone.now(), hidden_at=timezone.now())
    actions.silence(moderator=moderator, member=malee, days=3, reason=WHY)
    browser = as_(malee)
    sent = browser.post(f"/report/topic/{topic.pk}/", {"problem": "rude", "words": "หยาบ"})
    assert sent.status_code == 302
    (report,) = ProblemReport.objects.all()
    assert browser.post(f"/reports/{report.pk}/take-back/").status_code == 302
    side = {"named": "person", "how": "ฉันเอง", "body": "ไม่ใช่อย่างนั้น"}
    assert browser.post(f"/t/{topic.pk}/clarify/", side).status_code == 302
    (asked,) = Clarification.objects.all()
    assert browser.post(f"/t/{topic.pk}/clarify/{asked.pk}/back/").status_code == 302
    assert browser.post(f"/p/{waiting.pk}/held/").status_code == 302
    assert Post.objects.get(pk=waiting.pk).deleted_at is not None
    assert all(
        is_open(name)
        for name in (
            "report", "report_take_back", "clarify", "clarification", "clarification_back", "held",
            "held_topic",
        )
    )  # fmt: skip
