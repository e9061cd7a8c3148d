"""Pages of private messages, without scripts; who may see which."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.reading.drafts.models import Draft
from forums.reading.following.actions import block
from forums.reading.messages import actions
from forums.reading.messages.actions import begin, send
from forums.reading.messages.models import Message, MessageChoice, Participant
from tests.make import join, make_member, make_network


@pytest.fixture(autouse=True)
def _no_pace(settings):
    settings.FORUMS_PACE = {what: [] for what in settings.FORUMS_PACE}


def page(response) -> str:
    return response.content.decode()


def test_from_a_members_page_to_a_message_that_is_there(as_, malee, somchai):
    client = as_(malee)
    there = page(client.get(somchai.get_absolute_url()))
    assert "/messages/new/?to=somchai" in there
    form = page(client.get("/messages/new/?to=somchai"))
    assert 'value="somchai"' in form
    answer = client.post("/messages/new/", {"to": "@somchai", "body": "สวัสดีค่ะ"})
    said = Message.objects.get()
    assert answer["Location"] == f"/messages/{said.conversation_id}/#last"
    assert "สวัสดีค่ะ" in page(client.get(f"/messages/{said.conversation_id}/"))
    again = client.get("/messages/new/?to=somchai")
    assert again["Location"] == f"/messages/{said.conversation_id}/#write"


def test_who_reads_has_read_it(as_, somchai, pair):
    client = as_(somchai)
    menu = page(client.get("/"))
    assert re.search(r'class="count">\s*1', menu)
    listed = page(client.get("/messages/"))
    assert f"/messages/{pair.pk}/#new" in listed
    assert 'class="new"' in listed
    shown = page(client.get(f"/messages/{pair.pk}/"))
    assert 'id="new"' in shown
    assert not re.search(r'class="count">\s*1', shown)
    assert 'id="new"' not in page(client.get(f"/messages/{pair.pk}/"))
    assert 'class="new"' not in page(client.get("/messages/"))


def test_a_browser_that_looks_ahead_has_read_nothing(as_, somchai, pair):
    as_(somchai).get(f"/messages/{pair.pk}/", headers={"Sec-Purpose": "prefetch"})
    as_(somchai).head(f"/messages/{pair.pk}/")
    assert Participant.objects.get(member=somchai).unread_from is not None


def test_nobody_else_comes_in_moderators_neither(as_, nong, moderator, pair):
    said = pair.said.get()
    pages = (f"/messages/{pair.pk}/", f"/messages/{pair.pk}/leave/")
    for path in (*pages, f"/messages/said/{said.pk}/report/"):
        for member in (nong, moderator):
            assert as_(member).get(path).status_code == 404
    for path in (
        f"/messages/{pair.pk}/",
        f"/messages/{pair.pk}/mute/",
        f"/messages/{pair.pk}/leave/",
        f"/messages/said/{said.pk}/take-back/",
    ):
        for member in (nong, moderator):
            assert as_(member).post(path, {"body": "ขอแทรก"}).status_code == 404
        assert as_(None).get(path.replace("mute/", "")).status_code in (302, 405)
    assert Message.objects.count() == 1


def test_the_first_unread_is_not_passed_over_however_many_there_are(as_, malee, somchai, pair):
    first = pair.said.get()
    for number in range(45):
        send(writer=malee, conversation=pair, body=f"ข้อที่ {number}")
    client, path = as_(somchai), f"/messages/{pair.pk}/"
    shown = page(client.get(path))
    assert f'id="m{first.pk}"' in shown
    assert "ข้อที่ 18<" in shown
    assert "ข้อที่ 19<" not in shown
    assert Participant.objects.get(member=somchai).unread_from is not None
    newer = re.search(r'href="\?(after=\d+)" rel="prev"', shown)[1]
    assert "ข้อที่ 38<" in page(client.get(f"{path}?{newer}"))
    assert "ข้อที่ 44<" in page(client.get(path))  # the rest begins on the newest page
    assert Participant.objects.get(member=somchai).unread_from is None
    earlier = re.search(r'href="\?(before=\d+)#last"', page(client.get(path)))[1]
    assert "ข้อที่ 24<" in page(client.get(f"{path}?{earlier}"))
    assert client.get(f"{path}?before=x").status_code == 404


@pytest.mark.parametrize("reason", ["blocked", "refuses"])
def test_a_refusal_says_no_reason_and_gives_back_what_was_typed(as_, malee, somchai, pair, reason):
    client, path = as_(malee), f"/messages/{pair.pk}/"
    if reason == "blocked":
        block(member=somchai, person=malee)
    else:
        actions.choose(member=somchai, takes="nobody")
    shown = page(client.get(path))
    assert "ส่งข้อความส่วนตัวถึง สมชาย ตั้งใจดี ไม่ได้" in shown
    assert "<textarea" not in shown
    for answer in (
        client.post(path, {"body": "พิมพ์มาตั้งนาน"}),
        client.post("/messages/new/", {"to": "somchai", "body": "พิมพ์มาตั้งนาน"}),
    ):
        assert answer.status_code == 409
        assert "พิมพ์มาตั้งนาน</textarea>" in page(answer)
        assert "ไม่ได้" in page(answer)
        assert "บล็อก" not in re.sub(r"<a [^>]*>.*?</a>", "", page(answer), flags=re.S)


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("", "ใส่ก่อนว่าเขียนถึงใคร"),
        ("ไม่มีใคร somchai", "ไม่มีใครใช้ชื่อผู้ใช้นี้"),
        ("malee", "ไม่ใช่ของตัวเอง"),
        ("a b c d e f g h", "ไม่เกิน 7 คน"),
    ],
)
def test_wrong_names_are_named_and_all_stays_as_typed(as_, malee, somchai, to, words):
    answer = as_(malee).post("/messages/new/", {"to": to, "body": "พิมพ์มาตั้งนาน"})
    assert answer.status_code == 400
    assert words in page(answer)
    assert f'value="{to}"' in page(answer) or not to
    assert "พิมพ์มาตั้งนาน</textarea>" in page(answer)


def test_several_by_their_handles(as_, malee, somchai, nong):
    as_(malee).post("/messages/new/", {"to": "@somchai, @nong", "body": "ถึงสองคน"})
    assert Message.objects.get().conversation.participants.count() == 3


def test_a_newcomer_is_told_how_she_gets_there(as_, somchai):
    answer = as_(make_member()).post("/messages/new/", {"to": "somchai", "body": "สวัสดี"})
    assert answer.status_code == 403
    assert "ระดับความไว้วางใจ 1" in page(answer)
    assert "สวัสดี</textarea>" in page(answer)


def test_who_blocked_somebody_reads_her_folded_and_finds_no_box(as_, malee, somchai, pair):
    block(member=somchai, person=malee)
    shown = page(as_(somchai).get(f"/messages/{pair.pk}/"))
    assert "folded-post" in shown
    assert "สวัสดีค่ะ" not in page(as_(somchai).get("/messages/"))
    assert "/messages/new/" not in page(as_(somchai).get(malee.get_absolute_url()))


def test_draft_kept_there_is_named_opened_and_gone_when_sent(as_, malee, pair):
    client, path = as_(malee), f"/messages/{pair.pk}/"
    client.post("/drafts/keep/", {"draft_place": path, "draft": "", "body": "ยังไม่จบ"})
    draft = Draft.objects.get()
    assert "ข้อความส่วนตัวถึง สมชาย ตั้งใจดี" in page(client.get("/drafts/"))
    opened = page(client.get(draft.goes_on_at))
    assert "ยังไม่จบ</textarea>" in opened
    client.post(path, {"body": "จบแล้ว", "draft": str(draft.token)})
    assert Draft.objects.get().gone_at is not None
    actions.leave(member=malee, conversation=pair)
    client.post("/drafts/keep/", {"draft_place": "/messages/new/", "body": "ถึงใครดี", "to": "nong"})
    assert "ข้อความส่วนตัวใหม่" in page(client.get("/drafts/"))


def test_muted_left_taken_back(as_, malee, somchai, pair):
    client = as_(somchai)
    client.post(f"/messages/{pair.pk}/mute/", {"on": "1"})
    assert "ไม่แจ้งเตือน" in page(client.get("/messages/"))
    client.post(f"/messages/{pair.pk}/mute/", {"on": "0"})
    assert Participant.objects.get(member=somchai).muted_at is None
    mine = as_(malee)
    said = pair.said.get()
    assert f"/messages/said/{said.pk}/take-back/" in page(mine.get(f"/messages/{pair.pk}/"))
    mine.post(f"/messages/said/{said.pk}/take-back/")
    assert "มาลี คำหล้า ถอนข้อความคืน" in page(client.get(f"/messages/{pair.pk}/"))
    assert "ลบการสนทนากับ มาลี คำหล้า ไหม" in page(client.get(f"/messages/{pair.pk}/leave/"))
    assert client.post(f"/messages/{pair.pk}/leave/")["Location"] == "/messages/"
    assert client.get(f"/messages/{pair.pk}/").status_code == 404


def test_a_suspended_member_keeps_her_name_and_is_not_written_to(as_, malee, somchai, pair):
    type(malee).objects.filter(pk=malee.pk).update(is_active=False)
    shown = page(as_(somchai).get(f"/messages/{pair.pk}/"))
    assert "สวัสดีค่ะ" in shown
    assert "ส่งข้อความส่วนตัวถึง มาลี คำหล้า ไม่ได้" in shown


def test_of_an_erased_member_nothing_is_left_and_the_page_says_so(as_, malee, somchai, pair):
    malee.delete()
    assert "ไม่มีคนอื่นอยู่แล้ว" in page(as_(somchai).get("/messages/"))
    shown = page(as_(somchai).get(f"/messages/{pair.pk}/"))
    assert "เขียนไปก็ไม่มีใครได้อ่าน" in shown
    assert "สวัสดีค่ะ" not in shown


def test_a_choice_is_kept(as_, malee):
    client = as_(malee)
    assert re.search(r'value="everyone"[^>]*checked', page(client.get("/settings/messages/")))
    assert client.post("/settings/messages/", {"takes": "x"}).status_code == 400
    client.post("/settings/messages/", {"takes": "networks"})
    assert MessageChoice.objects.get().takes == "networks"
    assert re.search(r'value="networks"[^>]*checked', page(client.get("/settings/messages/")))


def test_where_a_message_was_reported_leads_to_where_everything_is(as_, malee, somchai, pair):
    last = send(writer=malee, conversation=pair, body="คำร้าย")
    answer = as_(somchai).get(f"/messages/said/{last.pk}/report/")
    assert answer["Location"] == f"/report/message/{last.pk}/"


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_page_costs_the_same_with_two_rows_as_with_forty(as_, malee, somchai):
    join(make_network(), malee, somchai)
    there = begin(writer=somchai, people=[malee], body="หนึ่ง").conversation
    send(writer=somchai, conversation=there, body="สอง")
    begin(writer=make_member(trust_level=1), people=[malee, somchai], body="สาม")
    client = as_(malee)
    client.get(f"/messages/{there.pk}/")
    paths = ("/messages/", f"/messages/{there.pk}/")
    few = [queries(client, path) for path in paths]
    for number in range(40):
        writer = make_member(trust_level=1)
        begin(writer=writer, people=[malee, *(somchai for _ in range(number % 2))], body="อีก")
        send(writer=malee, conversation=there, body="ตอบ")
    assert [queries(client, path) for path in paths] == few
    assert max(few) <= 11


def test_an_old_message_is_not_taken_back_by_a_forged_form(as_, malee, pair):
    Message.objects.update(created_at=timezone.now() - timedelta(hours=1))
    said = pair.said.get()
    answer = as_(malee).post(f"/messages/said/{said.pk}/take-back/")
    assert answer.status_code == 409
    assert "15 นาที" in page(answer)
