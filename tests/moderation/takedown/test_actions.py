"""A notice from outside: its clock, its answers, the letters, what is sealed and for how long."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.base.errors import AskedTooOften, BadText, NotAllowed, Stale
from forums.moderation.models import Act
from forums.moderation.queue.actions import answer_case
from forums.moderation.queue.models import Case
from forums.moderation.takedown.actions import (
    A_DAY,
    CASE,
    REMEMBERED,
    add_to_notice,
    forget,
    read_sealed,
    refuse_notice,
    warn_moderators,
)
from forums.moderation.takedown.models import Notice, NoticeState, SealedCopy, SealedLook
from forums.notifications.actions import deliver
from forums.notifications.models import Email
from tests.make import make_member
from tests.threads import in_threads

WHY = "บอกที่อยู่ของคนอื่น"


def kinds() -> list[str]:
    return sorted(Email.objects.values_list("kind", flat=True))


def test_a_notice_starts_its_clock_and_everyone_hears(given, moderator, settings):
    before = timezone.now()
    notice = given()
    hours = settings.FORUMS_TAKEDOWN_HOURS
    assert timedelta(0) <= notice.due_at - before - timedelta(hours=hours) < timedelta(minutes=1)
    case = Case.objects.get(kind=CASE)
    assert (case.due_at, case.network) == (notice.due_at, None)
    assert kinds() == ["takedown_received", "takedown_waits"]
    assert len(notice.receipt) == 24


def test_the_same_notice_sent_twice_is_one_and_two_share_a_case(given):
    first = given()
    assert given() == first
    other = given(email="court@example.org", words="คำสั่งศาลที่ 12/2569")
    assert other.receipt != first.receipt
    assert Case.objects.filter(kind=CASE).count() == 1


def test_of_a_thing_that_many_ask_about_moderators_get_one_letter_until_it_is_answered(
    given, moderator
):
    for number in range(5):
        given(email=f"n{number}@example.org")
    assert kinds().count("takedown_waits") == 1
    answer_case(moderator=moderator, case=Case.objects.get(kind=CASE), answer="refuse", grounds=WHY)
    given(email="n9@example.org", words="อีกเรื่องหนึ่ง")
    assert kinds().count("takedown_waits") == 2


def test_one_address_of_mail_gives_so_many_a_day(given):
    for number in range(A_DAY):
        given(words=f"เรื่องที่ {number}")
    with pytest.raises(AskedTooOften):
        given(words="อีกเรื่อง")


def test_removed_is_hidden_sealed_told_and_stated(case, moderator, somchai, post):
    decision = answer_case(moderator=moderator, case=case, answer="remove", grounds=WHY)
    post.refresh_from_db()
    assert post.removed_at is not None
    assert decision.act == Act.DELETE
    notice = Notice.objects.get()
    assert (notice.state, notice.answer, notice.decision) == (NoticeState.REMOVED, WHY, decision)
    copy = SealedCopy.objects.get()
    assert (copy.body, copy.author) == ("เขาชื่อนายทองดี อยู่ซอยหลังวัด", somchai)
    assert Email.objects.filter(kind="statement", member=somchai).exists()
    assert Email.objects.filter(kind="takedown_answered", address="thongdi@example.org").exists()
    case.refresh_from_db()
    assert case.ended_at is not None


def test_a_passage_is_taken_down_and_sealed_and_the_rest_stays(case, moderator, post):
    more = {"words": "อยู่ซอยหลังวัด"}
    answer_case(moderator=moderator, case=case, answer="part", grounds=WHY, more=more)
    post.refresh_from_db()
    assert post.hidden_at is None
    assert "เขาชื่อนายทองดี" in post.body
    assert "ซอยหลังวัด" not in post.body
    notice = Notice.objects.get()
    assert (notice.state, notice.decision.act) == (NoticeState.PART, Act.CONCEAL)
    assert SealedCopy.objects.get().body == "อยู่ซอยหลังวัด"


def test_a_passage_must_be_named_and_stand_there(case, moderator):
    for words in ("", "ไม่มีคำนี้"):
        with pytest.raises(BadText):
            answer_case(
                moderator=moderator, case=case, answer="part", grounds=WHY, more={"words": words}
            )
    assert Notice.objects.get().state == NoticeState.OPEN


def test_a_notice_is_refused_with_a_reason_and_the_text_stays(case, moderator, post):
    with pytest.raises(BadText):
        answer_case(moderator=moderator, case=case, answer="refuse", grounds="")
    answer_case(moderator=moderator, case=case, answer="refuse", grounds="ไม่ได้บอกชื่อใคร")
    post.refresh_from_db()
    assert post.hidden_at is None
    assert Notice.objects.get().state == NoticeState.REFUSED
    assert not SealedCopy.objects.exists()


def test_the_notifier_is_asked_for_more_and_the_clock_begins_anew(case, moderator):
    answer_case(moderator=moderator, case=case, answer="ask", grounds="ย่อหน้าไหน")
    notice = Notice.objects.get()
    assert notice.state == NoticeState.ASKED
    case.refresh_from_db()
    assert case.ended_at is None
    Notice.objects.update(due_at=timezone.now() - timedelta(hours=2))
    added = add_to_notice(notice=notice, more="ย่อหน้าแรก")
    assert (added.state, added.more) == (NoticeState.OPEN, "ย่อหน้าแรก")
    assert added.due_at > timezone.now()
    with pytest.raises(Stale):
        add_to_notice(notice=notice, more="อีก")


def test_members_answer_nothing(case, malee):
    with pytest.raises(NotAllowed):
        refuse_notice(moderator=malee, case=case, reason=WHY)


def test_moderators_are_warned_once_before_the_clock_runs_out(given, moderator):
    notice = given()
    warn_moderators(timezone.now())
    assert kinds().count("takedown_waits") == 1  # of its coming
    soon = notice.due_at - timedelta(hours=3)
    warn_moderators(soon)
    warn_moderators(soon)
    assert kinds().count("takedown_waits") == 2


def test_letters_say_the_receipt_and_nothing_that_was_typed(given, moderator, mailoutbox):
    notice = given()
    deliver()
    received = next(letter for letter in mail.outbox if letter.to == ["thongdi@example.org"])
    assert notice.receipt in received.body
    assert notice.words not in received.body
    assert notice.name not in received.body


def test_sealed_copies_are_read_by_right_each_look_written_down_and_end(case, moderator, malee):
    answer_case(moderator=moderator, case=case, answer="remove", grounds=WHY)
    copy = SealedCopy.objects.select_related("notice").get()
    for other in (moderator, malee):
        with pytest.raises(NotAllowed):
            read_sealed(member=other, copy=copy)
    head = make_member("head", is_staff=True, is_superuser=True)
    read_sealed(member=head, copy=copy)
    assert SealedLook.objects.get().member == head
    forget(copy.until - timedelta(minutes=1))
    assert SealedCopy.objects.exists()
    forget(copy.until + timedelta(minutes=1))
    assert not SealedCopy.objects.exists()
    assert SealedLook.objects.exists()


def test_who_gave_a_notice_is_forgotten_a_year_after_its_answer(case, moderator):
    answer_case(moderator=moderator, case=case, answer="refuse", grounds=WHY)
    notice = Notice.objects.get()
    forget(notice.answered_at + REMEMBERED - timedelta(days=1))
    assert Notice.objects.get().name
    forget(notice.answered_at + REMEMBERED + timedelta(days=1))
    assert (Notice.objects.get().name, Notice.objects.get().email) == ("", "")


def test_the_database_keeps_what_the_actions_promise(given):
    notice = given()
    for wrong in (
        {"state": "removed"},
        {"words": ""},
        {"name": ""},
        {"answered_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_moderators_who_answer_at_once_answer_once(case, moderator):
    other = make_member("other", is_staff=True)

    def work(one):
        answer = "remove" if one == moderator else "refuse"
        return answer_case(moderator=one, case=case, answer=answer, grounds=WHY)

    results = in_threads(work, [moderator, other])
    assert sum(isinstance(each, Exception) for each in results) == 1
    assert SealedCopy.objects.count() == (Notice.objects.get().state == NoticeState.REMOVED)
