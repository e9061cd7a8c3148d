"""Asking that somebody else looks again: once, in time, by whose it is; answered by another; undone with the answer."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed, Stale
from forums.moderation import actions as moderation
from forums.moderation.appeals.actions import CASE, appeal, overturn, uphold
from forums.moderation.appeals.models import Appeal, AppealOutcome
from forums.moderation.models import Act, Decision
from forums.moderation.posts import actions as post_acts
from forums.moderation.queue.actions import answer_case
from forums.moderation.queue.models import Case
from forums.moderation.sanctions import actions as sanctions
from forums.moderation.sanctions.models import Sanction
from forums.moderation.topics import actions as topic_acts
from forums.moderation.trust.actions import set_trust
from forums.notifications.models import Email, Telling
from tests.make import make_board, make_member, make_post, make_topic

WORDS = "เบอร์นั้นเป็นของสำนักงานเขต ไม่ใช่ของคน"
WHY = "เป็นเบอร์ของหน่วยงานจริง"


def asked(member, decision) -> Appeal:
    return appeal(member=member, decision=decision, words=WORDS)


def test_whose_it_is_asks_once_and_it_waits_in_the_queue(malee, hidden):
    made = asked(malee, hidden)
    assert asked(malee, hidden) == made  # the same form, sent twice
    with pytest.raises(Stale):
        appeal(member=malee, decision=hidden, words="อีกครั้ง")
    case = Case.objects.get(kind=CASE)
    assert (case.subject, case.key) == ("decision", str(hidden.pk))
    assert (case.network, case.about) == (None, malee)


def test_nobody_else_asks_and_not_without_words(malee, somchai, moderator, hidden):
    for other in (somchai, moderator):
        with pytest.raises(NotAllowed):
            asked(other, hidden)
    with pytest.raises(BadText):
        appeal(member=malee, decision=hidden, words=" \u200b ")


def test_after_its_days_it_is_too_late(malee, hidden, settings):
    settings.FORUMS_APPEAL_DAYS = 0
    with pytest.raises(Stale):
        asked(malee, hidden)


def test_what_is_for_her_or_taken_back_is_nothing_to_ask_about(malee, moderator, hidden, post):
    back = moderation.unhide_post(moderator=moderator, post=post, reason="ดูใหม่แล้ว")
    for decision in (back, hidden):
        with pytest.raises(Stale):
            asked(malee, decision)


def test_another_moderator_lets_it_stand_and_she_is_told(malee, moderator, second, hidden, post):
    made = asked(malee, hidden)
    for other in (moderator, malee):
        with pytest.raises(NotAllowed):
            uphold(moderator=other, appeal=made, reason=WHY)
    with pytest.raises(BadText):
        uphold(moderator=second, appeal=made, reason=" ")
    uphold(moderator=second, appeal=made, reason=WHY)
    made.refresh_from_db()
    assert (made.outcome, made.answer, made.answered_by) == (AppealOutcome.UPHELD, WHY, second)
    post.refresh_from_db()
    assert post.hidden_at is not None
    assert Telling.objects.filter(kind="appeal_answered", members=[malee.pk]).exists()
    assert Email.objects.filter(kind="appeal_answered", member=malee).exists()


def test_another_moderator_takes_it_back_by_the_act_that_undoes_it(malee, second, hidden, post):
    made = overturn(moderator=second, appeal=asked(malee, hidden), reason=WHY)
    assert made.outcome == AppealOutcome.OVERTURNED
    assert made.undone_by.act == Act.UNHIDE
    assert (made.undone_by.reason, made.undone_by.rule) == (WHY, hidden.rule)
    post.refresh_from_db()
    assert post.hidden_at is None
    again = uphold(moderator=second, appeal=made, reason="อื่น")
    assert (again.outcome, again.answered_at) == (AppealOutcome.OVERTURNED, made.answered_at)


def test_where_the_first_is_alone_she_answers_herself(malee, moderator, hidden):
    make_member(is_staff=True, is_active=False)  # a suspended moderator is none
    topic_author = hidden.post.topic.author
    assert not topic_author.is_staff
    made = asked(malee, hidden)
    uphold(moderator=moderator, appeal=made, reason=WHY)
    made.refresh_from_db()
    assert made.answered_by == moderator


def test_a_moderator_does_not_answer_what_she_asked(moderator, second):
    topic = make_topic(second)
    decision = moderation.hide_topic(moderator=moderator, topic=topic, reason="ลองดู")
    made = asked(second, decision)
    with pytest.raises(NotAllowed):
        uphold(moderator=second, appeal=made, reason=WHY)
    case = Case.objects.get(kind=CASE)
    assert not Case.objects.visible_to(second).filter(pk=case.pk).exists()


def test_it_is_answered_in_the_queue_by_another_than_the_first(
    malee, moderator, second, hidden, post
):
    asked(malee, hidden)
    case = Case.objects.get(kind=CASE)
    with pytest.raises(BadText):  # who decided first is offered no answer
        answer_case(moderator=moderator, case=case, answer="overturn", grounds=WHY)
    decision = answer_case(moderator=second, case=case, answer="overturn", grounds=WHY)
    case.refresh_from_db()
    assert (case.ended_by, case.decision) == (second, decision)
    assert decision.act == Act.UNHIDE
    post.refresh_from_db()
    assert post.hidden_at is None


def test_whoever_undoes_the_decision_answers_what_was_asked(malee, moderator, hidden, post):
    made = asked(malee, hidden)
    back = moderation.unhide_post(moderator=moderator, post=post, reason="ดูใหม่แล้ว")
    made.refresh_from_db()
    assert (made.outcome, made.undone_by) == (AppealOutcome.UNDONE, back)
    assert Case.objects.get(kind=CASE).ended_at is not None
    assert Telling.objects.filter(kind="appeal_answered").exists()


def against(moderator, malee):
    """Each act that goes against somebody, the column it changes, and what stands there again afterwards."""
    topic, board = make_topic(malee), make_board("ห้องอื่น")
    home = topic.board
    locked = moderation.lock(moderator=moderator, topic=topic, reason="ร้อนไป")
    yield locked, topic, "locked_at", None
    moved = moderation.move(moderator=moderator, topic=topic, board=board, reason="ผิดห้อง")
    yield moved, topic, "board", home
    hidden = moderation.hide_topic(moderator=moderator, topic=topic, reason="ซ่อน")
    yield hidden, topic, "hidden_at", None
    level = malee.trust_level
    trust = set_trust(moderator=moderator, member=malee, level=0, reason="ช้าลงก่อน")
    yield trust, malee, "trust_level", level
    silenced = sanctions.silence(moderator=moderator, member=malee, days=7, reason="พักเขียนก่อน")
    yield silenced, malee, "silenced_until", None
    gone = sanctions.suspend(moderator=moderator, member=malee, reason="พักก่อน")
    yield gone, malee, "is_active", True
    banned = sanctions.ban(moderator=moderator, member=malee, reason="ซ้ำหลายครั้ง")
    yield banned, malee, "is_active", True
    topic = make_topic(malee)
    slow = topic_acts.slow_down(moderator=moderator, topic=topic, minutes=5, reason="ช้าลง")
    yield slow, topic, "slow_minutes", 0
    unlisted = topic_acts.take_off_lists(moderator=moderator, topic=topic, reason="ไม่ต้องเด่น")
    yield unlisted, topic, "unlisted_at", None
    kept = topic_acts.archive(moderator=moderator, topic=topic, reason="จบแล้ว")
    yield kept, topic, "archived_at", None
    post = make_post(make_topic(), malee)
    deleted = post_acts.delete(moderator=moderator, post=post, reason="ลงซ้ำ")
    yield deleted, post, "removed_at", None


def test_each_act_is_undone_by_its_own(moderator, second):
    malee = make_member("malee2", trust_level=2)
    for decision, changed, column, before in against(moderator, malee):
        made = overturn(moderator=second, appeal=asked(malee, decision), reason=WHY)
        changed.refresh_from_db()
        assert getattr(changed, column) == before, decision.act
        assert made.undone_by is not None, decision.act


def test_a_level_that_rose_is_nothing_to_object_to(malee, moderator):
    up = set_trust(moderator=moderator, member=malee, level=3, reason="ช่วยดีมาก")
    with pytest.raises(Stale):
        asked(malee, up)


def test_the_database_keeps_what_the_actions_promise(malee, second, hidden):
    made, now = asked(malee, hidden), timezone.now()
    for wrong in (
        {"outcome": "upheld"},
        {"outcome": "upheld", "answered_at": now, "answered_by": second},  # without a word
        {"outcome": "undone", "answered_at": now, "answered_by": malee},  # by herself
        {"words": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.filter(pk=made.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(decision=hidden, member=malee, words=WORDS)
    assert Decision.objects.filter(appeal=made).exists()


def test_a_warning_is_taken_back_not_a_newer_one(malee, moderator, second):
    first = sanctions.warn(moderator=moderator, member=malee, reason="ครั้งแรก")
    sanctions.warn(moderator=moderator, member=malee, reason="ครั้งที่สอง")
    overturn(moderator=second, appeal=asked(malee, first), reason=WHY)
    (left,) = Sanction.objects.holding().filter(member=malee)
    assert left.decision.reason == "ครั้งที่สอง"


def test_a_silenced_member_may_still_ask(as_, malee, moderator):
    silenced = sanctions.silence(moderator=moderator, member=malee, days=7, reason="พักเขียนก่อน")
    answer = as_(malee).post(f"/decisions/{silenced.pk}/", {"words": WORDS})
    assert answer.status_code == 302
    assert Appeal.objects.get().decision == silenced
