"""Being told of private messages: one line for each conversation, one email until it is read, no word of the text."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from forums.moderation.sanctions.actions import suspend
from forums.notifications.actions import deliver
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Email, Notification, Preference
from forums.reading.following.actions import block
from forums.reading.messages import actions
from forums.reading.messages.actions import send
from forums.reading.messages.models import Participant


@pytest.fixture(autouse=True)
def _addresses(malee, somchai, nong):
    for each in (malee, somchai, nong):
        EmailAddress.objects.create(user=each, email=each.email, verified=True, primary=True)


def mails() -> list[tuple[list[str], str]]:
    """What goes out when its time has come."""
    Email.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    deliver()
    return [(letter.to, letter.subject + letter.body) for letter in mail.outbox]


def read(member, conversation) -> None:
    place = Participant.objects.get(member=member, conversation=conversation)
    actions.mark_read(member=member, place=place, until=10**9)


def lines(member):
    return Notification.objects.filter(member=member)


def test_one_line_for_each_conversation_until_it_is_read(as_, malee, somchai, pair):
    send(writer=malee, conversation=pair, body="ความลับสุดยอด")
    spread()
    assert lines(somchai).get().read_at is None
    assert not lines(malee).exists()
    client = as_(somchai)
    told = client.get("/notifications/").content.decode()
    assert "มาลี คำหล้า ส่งข้อความส่วนตัวถึงท่าน" in told
    assert "ความลับ" not in told
    went = client.get(f"/notifications/{lines(somchai).get().pk}/")
    assert went["Location"] == f"/messages/{pair.pk}/#new"
    client.get(f"/messages/{pair.pk}/")
    assert lines(somchai).get().read_at is not None
    send(writer=malee, conversation=pair, body="อีก")
    spread()
    assert lines(somchai).get().read_at is None


def test_the_page_of_the_conversation_marks_its_line_as_read(as_, somchai, pair):
    spread()
    page = as_(somchai).get(f"/messages/{pair.pk}/").content.decode()
    assert "ยังไม่อ่าน 1" not in page
    assert lines(somchai).get().read_at is not None


def test_read_before_the_worker_came_it_is_told_no_more(somchai, pair):
    read(somchai, pair)
    spread()
    assert not lines(somchai).exists()
    assert mails() == []


def test_the_mail_says_who_and_where_never_what(somchai, pair):
    [(to, text)] = mails()
    assert to == [somchai.email]
    assert "มาลี คำหล้า ส่งข้อความส่วนตัวถึงท่าน" in text
    assert f"/messages/{pair.pk}/" in text
    assert "/settings/notifications/" in text
    assert "สวัสดี" not in text


def test_one_mail_until_it_is_read_and_one_again_after(malee, somchai, pair):
    send(writer=malee, conversation=pair, body="สอง")
    assert len(mails()) == 1
    send(writer=malee, conversation=pair, body="สาม")
    assert len(mails()) == 1
    read(somchai, pair)
    send(writer=malee, conversation=pair, body="สี่")
    assert len(mails()) == 2


def test_who_reads_at_once_what_comes_and_then_goes_gets_one_mail(malee, somchai, pair):
    for n in range(5):
        read(somchai, pair)
        send(writer=malee, conversation=pair, body=f"อีกข้อ {n}")
    assert Email.objects.filter(member=somchai).count() == 6
    assert len(mails()) == 1
    read(somchai, pair)
    send(writer=malee, conversation=pair, body="พรุ่งนี้ค่อยว่ากัน")
    assert len(mails()) == 2


def test_muted_left_blocked_or_turned_off_nothing_is_told(malee, somchai, nong, group):
    Email.objects.all().delete()
    spread()
    Notification.objects.all().delete()
    for member in (somchai, nong):
        read(member, group)
    actions.mute(member=nong, conversation=group, on=True)
    block(member=somchai, person=malee)
    send(writer=malee, conversation=group, body="มีใครอยู่ไหม")
    spread()
    assert not Notification.objects.exists()
    assert mails() == []
    assert Participant.objects.get(member=nong).unread_from is not None


def test_blocked_or_taken_back_meanwhile_no_mail_goes(malee, somchai, nong, pair, group):
    block(member=somchai, person=malee)
    actions.take_back(member=malee, message=group.said.get())
    assert mails() == []


def test_of_who_was_suspended_meanwhile_no_mail_goes(malee, somchai, pair, moderator):
    suspend(moderator=moderator, member=malee, reason="ส่งโฆษณา")
    ((_to, said),) = mails()  # but that she is suspended
    assert "ถูกพักไว้" in said


def test_each_way_has_its_switch(malee, somchai, pair):
    Preference.objects.create(member=somchai, switch="messages", here=False, mail=False)
    spread()
    assert not lines(somchai).exists()
    assert mails() == []
