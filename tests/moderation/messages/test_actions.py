"""A report of a private message is answered: by whom it is not about, to who sent it, without a word of the rest."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed
from forums.moderation.messages.actions import answer, line_up_old
from forums.moderation.models import Decision
from forums.moderation.reports.models import ProblemReport
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Notification
from forums.reading.messages.actions import begin, forget_ended, report, send, take_back
from forums.reading.messages.models import MessageReport
from tests.make import make_member

DESK = "/admin/forums/messagereport/"


@pytest.fixture
def reported(malee, somchai):
    """Malee writes five messages to Somchai, who reports the last."""
    malee.trust_level = 1
    there = begin(writer=malee, people=[somchai], body="คำที่ 0").conversation
    for number in range(1, 5):
        last = send(writer=malee, conversation=there, body=f"คำที่ {number}")
    return report(member=somchai, message=last, reason="ข่มขู่")


def test_moderators_see_that_message_and_three_before_it_though_it_was_taken_back(
    as_, malee, moderator, reported
):
    take_back(member=malee, message=reported.message)
    client = as_(moderator)
    assert "ข่มขู่" in client.get(DESK).content.decode()
    page = client.get(f"{DESK}{reported.pk}/change/").content.decode()
    assert "คำที่ 0" not in page
    assert all(f"คำที่ {number}" in page for number in range(1, 5))
    assert client.get(f"/messages/{reported.message.conversation_id}/").status_code == 404


def test_what_was_reported_before_there_were_cases_waits_in_the_queue_once(
    moderator, somchai, reported
):
    line_up_old()
    line_up_old()
    made = ProblemReport.objects.get()
    assert (made.copied, made.reporter, made.words) == (reported, somchai, "ข่มขู่")
    case = made.case
    assert case.weight == made.weight > 0
    answer(moderator=moderator, report=reported, reason="พักบัญชีเขาแล้ว")
    case.refresh_from_db()
    assert case.ended_by == moderator


def test_who_reported_is_named_to_nobody(as_, malee, somchai, moderator, reported):
    page = as_(moderator).get(f"{DESK}{reported.pk}/change/").content.decode()
    assert malee.handle in page
    assert somchai.handle not in page
    assert str(somchai) not in page
    assert "คนที่แจ้ง" in page
    assert somchai.handle not in as_(moderator).get(DESK).content.decode()


def test_who_reported_is_told_the_answer_and_the_writer_nothing(
    as_, malee, somchai, moderator, reported
):
    Notification.objects.all().delete()
    as_(moderator).post(f"{DESK}act/answer/?ids={reported.pk}", {"reason": "พักบัญชีเขาแล้ว"})
    spread()
    told = as_(somchai).get("/notifications/").content.decode()
    assert "พักบัญชีเขาแล้ว" in told
    assert "พักบัญชีเขาแล้ว" not in as_(malee).get("/notifications/").content.decode()
    assert not Decision.objects.exists()
    assert "พักบัญชีเขาแล้ว" not in as_(None).get("/moderation/log/").content.decode()
    assert answer(moderator=moderator, report=reported, reason="อีกครั้ง") is None


def test_nobody_answers_what_is_about_her_or_what_she_sent(
    as_, malee, moderator, somchai, reported
):
    for member in (malee, somchai):
        type(member).objects.filter(pk=member.pk).update(is_staff=True)
        member.refresh_from_db()
        assert as_(member).get(f"{DESK}{reported.pk}/change/").status_code == 404
    for who in (malee, somchai, make_member()):
        with pytest.raises(NotAllowed):
            answer(moderator=who, report=reported, reason="เอง")
    with pytest.raises(BadText):
        answer(moderator=moderator, report=reported, reason=" ")


def test_an_answered_report_is_forgotten_after_half_a_year(moderator, reported):
    answer(moderator=moderator, report=reported, reason="ดูแล้ว")
    forget_ended(timezone.now() + timedelta(days=179))
    assert MessageReport.objects.exists()
    forget_ended(timezone.now() + timedelta(days=181))
    assert not MessageReport.objects.exists()
