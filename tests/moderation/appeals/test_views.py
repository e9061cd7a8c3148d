"""The page that says why, with the form: for whose it is alone, signed in or by the letter's link."""

import pytest

from forums.moderation import actions as moderation
from forums.moderation.appeals.actions import appeal, overturn, uphold
from forums.moderation.appeals.models import Appeal
from forums.moderation.letters import letter_path, page_path
from forums.moderation.networks.actions import hide
from forums.moderation.queue.models import Case, CaseState
from forums.moderation.sanctions.actions import suspend
from tests.make import make_network

WORDS = "เบอร์นั้นเป็นของสำนักงานเขต"


def page(browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_she_reads_what_where_why_by_which_rule_by_whom_and_how_to_object(as_, malee, hidden):
    text = page(as_(malee), page_path(hidden))
    for said in (
        *("ซ่อน", "มีเบอร์โทรของคนอื่น", "102. ไม่ลงข้อมูลส่วนตัว", "/rules/#rule-102"),
        *("ผู้ดูแลเว็บ", "ขอให้ดูใหม่", hidden.post.topic.title),
    ):
        assert said in text
    assert hidden.moderator.display_name not in text


def test_it_is_nobody_elses_to_read(as_, somchai, moderator, hidden):
    for other in (somchai, moderator):
        assert as_(other).get(page_path(hidden)).status_code == 404
    assert as_(None).get(page_path(hidden)).status_code == 302


def test_she_asks_on_the_page_and_reads_there_that_it_waits(as_, malee, hidden):
    answer = as_(malee).post(page_path(hidden), {"words": WORDS}, follow=True)
    assert Appeal.objects.get().words == WORDS
    text = answer.content.decode()
    assert "ส่งแล้ว" in text
    assert WORDS in text
    assert '<textarea name="words"' not in text


def test_what_is_refused_gives_her_words_back(as_, malee, moderator, hidden, post):
    browser = as_(malee)
    assert browser.post(page_path(hidden), {"words": ""}).status_code == 400
    moderation.unhide_post(moderator=moderator, post=post, reason="ดูใหม่แล้ว")
    answer = browser.post(page_path(hidden), {"words": WORDS})
    assert answer.status_code == 409
    assert "ถอนคำตัดสินนี้แล้ว" in answer.content.decode()


def test_a_suspended_member_reads_and_asks_by_the_letters_link(as_, malee, moderator):
    gone = suspend(moderator=moderator, member=malee, reason="ลงเบอร์คนอื่นซ้ำ")
    path, visitor = letter_path(gone, malee.pk), as_(None)
    assert "ลงเบอร์คนอื่นซ้ำ" in page(visitor, path)
    assert visitor.post(path, {"words": WORDS}).status_code == 302
    assert Appeal.objects.get().member == malee
    assert "no-store" in visitor.get(path)["Cache-Control"]


def test_a_link_that_was_changed_leads_nowhere(as_, malee, somchai, hidden):
    path = letter_path(hidden, malee.pk)
    assert as_(None).get(path.replace("letter/", "letter/x")).status_code == 404
    assert as_(None).get(letter_path(hidden, somchai.pk)).status_code == 404


@pytest.mark.parametrize(("act", "outcome"), [(uphold, "คงไว้ตามเดิม"), (overturn, "ถอนคำตัดสินแล้ว")])
def test_the_outcome_stands_on_the_page_and_in_the_log(as_, malee, second, hidden, act, outcome):
    made = appeal(member=malee, decision=hidden, words=WORDS)
    act(moderator=second, appeal=made, reason="ดูทั้งกระทู้แล้ว")
    hers, log = page(as_(malee), page_path(hidden)), page(as_(None), "/moderation/log/")
    for text in (hers, log):
        assert outcome in text
        assert "ดูทั้งกระทู้แล้ว" in text
    assert WORDS not in log
    assert second.handle not in log


def test_until_it_is_taken_back_is_said_while_it_holds(as_, malee, second, hidden):
    assert "จนกว่าจะมีคนถอน" in page(as_(malee), page_path(hidden))
    made = appeal(member=malee, decision=hidden, words=WORDS)
    overturn(moderator=second, appeal=made, reason="ดูทั้งกระทู้แล้ว")
    assert "จนกว่าจะมีคนถอน" not in page(as_(malee), page_path(hidden))


def test_who_decided_first_is_told_that_another_answers_and_takes_nothing(
    as_, malee, moderator, second, hidden
):
    appeal(member=malee, decision=hidden, words=WORDS)
    case = Case.objects.get(kind="appeal")
    answer = as_(moderator).post(f"/admin/queue/{case.pk}/take/", follow=True)
    assert "ผู้ดูแลอีกคนเป็นคนตัดสิน" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == CaseState.OPEN


def test_that_the_same_moderator_looked_twice_is_said(as_, malee, moderator, hidden):
    made = appeal(member=malee, decision=hidden, words=WORDS)
    uphold(moderator=moderator, appeal=made, reason="ดูแล้ว")
    for text in (page(as_(malee), page_path(hidden)), page(as_(None), "/moderation/log/")):
        assert "คนเดิม" in text


def test_a_networks_coordinators_read_why_and_ask(as_, malee, somchai, moderator):
    network = make_network("คนรักคลองบางมด", malee)
    decision = hide(moderator=moderator, network=network, reason="ตั้งขึ้นเพื่อขายของ")
    assert "คนรักคลองบางมด" in page(as_(malee), page_path(decision))
    assert as_(somchai).get(page_path(decision)).status_code == 404
    assert as_(malee).post(page_path(decision), {"words": WORDS}).status_code == 302
