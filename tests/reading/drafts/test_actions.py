"""Keeping drafts: what was written is never overwritten unseen, never there when it was sent."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.base.drafts import Token
from forums.reading.drafts import actions
from forums.reading.drafts.models import LIMIT, Draft

PHONE, COMPUTER = "a" * 16, "b" * 16
PLACE = "/t/12/reply/"


def keep(member, text: str, token: Token | None = None, **more) -> Draft:
    said = {"place": PLACE, "fields": {"body": [text]}, "beginning": text}
    return actions.keep(member=member, token=token, **{**said, **more})


def texts(member) -> set[str]:
    return {each.fields["body"][0] for each in Draft.objects.visible_to(member).kept()}


def test_a_page_goes_on_in_its_draft(malee):
    key = uuid.uuid4()
    first = keep(malee, "หนึ่ง", Token(key, 0), writer=PHONE, nth=1)
    assert first.token == Token(key, 1)
    second = keep(malee, "หนึ่งสอง", first.token, writer=PHONE, nth=2)
    assert second.token == Token(key, 2)
    assert texts(malee) == {"หนึ่งสอง"}


def test_an_older_save_of_the_same_page_changes_nothing(malee):
    token = keep(malee, "ก", Token(uuid.uuid4(), 0), writer=PHONE, nth=1).token
    keep(malee, "กขค", token, writer=PHONE, nth=3)
    late = keep(malee, "กข", token, writer=PHONE, nth=2)
    assert late.version == 2
    assert texts(malee) == {"กขค"}


def test_a_page_goes_on_though_an_answer_was_lost_on_the_way(malee):
    token = keep(malee, "ก", Token(uuid.uuid4(), 0), writer=PHONE, nth=1).token
    keep(malee, "กข", token, writer=PHONE, nth=2)
    keep(malee, "กขค", token, writer=PHONE, nth=3)
    assert texts(malee) == {"กขค"}


def test_two_machines_that_differ_keep_both(malee):
    token = keep(malee, "ที่บ้าน", Token(uuid.uuid4(), 0), writer=PHONE, nth=1).token
    keep(malee, "ที่บ้านน้ำว้า", token, writer=COMPUTER, nth=1)
    beside = keep(malee, "ที่บ้านเรา", token, writer=PHONE, nth=2)
    assert beside.key != token.key
    assert texts(malee) == {"ที่บ้านน้ำว้า", "ที่บ้านเรา"}
    keep(malee, "ที่บ้านเราเอง", beside.token, writer=PHONE, nth=3)
    assert texts(malee) == {"ที่บ้านน้ำว้า", "ที่บ้านเราเอง"}


def test_two_machines_that_say_the_same_keep_one(malee):
    token = keep(malee, "เหมือนกัน", Token(uuid.uuid4(), 0), writer=PHONE, nth=1).token
    assert keep(malee, "เหมือนกัน", None, writer=COMPUTER, nth=1).token == token
    assert keep(malee, "เหมือนกัน").token == token  # pressed twice, without scripts
    assert texts(malee) == {"เหมือนกัน"}


def test_without_scripts_a_later_version_is_not_overwritten_either(malee):
    token = keep(malee, "หนึ่ง").token
    keep(malee, "สอง", token)
    keep(malee, "สาม", token)
    assert texts(malee) == {"สอง", "สาม"}


def test_what_is_sent_is_gone_and_a_late_save_does_not_bring_it_back(malee):
    token = keep(malee, "ส่งแล้ว", Token(uuid.uuid4(), 0), writer=PHONE, nth=1).token
    actions.sent(member=malee, token=token, writer=PHONE)
    with pytest.raises(actions.DraftGone):
        keep(malee, "ส่งแล้", token, writer=PHONE, nth=2)
    assert texts(malee) == set()
    assert Draft.objects.get().fields == {}


def test_a_first_save_that_comes_after_the_sending_is_refused(malee):
    token = Token(uuid.uuid4(), 0)
    actions.sent(member=malee, token=token, writer=PHONE)
    with pytest.raises(actions.DraftGone):
        keep(malee, "ส่งไปแล้ว", token, writer=PHONE, nth=1)


def test_sending_leaves_what_another_machine_wrote_since(malee):
    token = keep(malee, "หนึ่ง", Token(uuid.uuid4(), 0), writer=PHONE, nth=1).token
    keep(malee, "หนึ่งสอง", token, writer=COMPUTER, nth=1)
    actions.sent(member=malee, token=token, writer=PHONE)
    assert texts(malee) == {"หนึ่งสอง"}


def test_no_draft_of_somebody_else_is_touched(malee, somchai):
    hers = keep(malee, "ของมาลี")
    his = keep(somchai, "ของสมชาย", hers.token)
    assert his.key != hers.key
    actions.sent(member=somchai, token=hers.token, writer="")
    actions.throw_away(member=somchai, draft=hers)
    assert texts(malee) == {"ของมาลี"}


def test_one_more_than_the_limit_is_refused_with_words(malee):
    for number in range(LIMIT):
        last = keep(malee, f"ฉบับ {number}", place=f"/t/{number}/reply/")
    with pytest.raises(actions.TooManyDrafts) as refused:
        keep(malee, "อีกฉบับ")
    assert "50" in str(refused.value)
    assert len(texts(malee)) == LIMIT
    keep(malee, "ฉบับสุดท้าย แก้แล้ว", last.token, place=last.place)
    actions.throw_away(member=malee, draft=last)
    keep(malee, "อีกฉบับ")
    with pytest.raises(actions.TooManyDrafts):
        actions.bring_back(member=malee, draft=last)


def test_what_is_thrown_away_comes_back_the_newest_few(malee):
    thrown = [keep(malee, f"ทิ้ง {n}", place=f"/t/{n}/reply/") for n in range(7)]
    for draft in thrown:
        actions.throw_away(member=malee, draft=draft)
    assert texts(malee) == set()
    actions.bring_back(member=malee, draft=thrown[-1])
    assert texts(malee) == {"ทิ้ง 6"}
    with pytest.raises(actions.DraftGone):
        actions.bring_back(member=malee, draft=thrown[0])
    assert Draft.objects.exclude(gone_at=None).exclude(fields={}).count() == 4


def test_after_a_day_nothing_is_left_of_them(malee):
    draft, kept = keep(malee, "ทิ้ง"), keep(malee, "เก็บ", place="/t/1/reply/")
    actions.throw_away(member=malee, draft=draft)
    actions.forget(timezone.now())
    assert Draft.objects.count() == 2
    actions.forget(timezone.now() + timedelta(days=1, minutes=1))
    assert list(Draft.objects.all()) == [kept]


def test_they_go_with_the_account(malee):
    keep(malee, "ของมาลี")
    malee.delete()
    assert not Draft.objects.exists()
