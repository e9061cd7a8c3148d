"""The pages of reports: from every place where a thing stands, back to it, and what became of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.discussions.boards.models import Access
from forums.ledger.actions import open_ledger
from forums.moderation.actions import hide_post
from forums.moderation.grounds import Grounds
from forums.moderation.queue.actions import end_case, take
from forums.moderation.reports.models import ProblemReport
from forums.moderation.rules.models import HouseRule
from forums.notifications.inbox.actions import spread
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.reading.messages.actions import begin
from forums.reading.messages.actions import send as say
from forums.reading.messages.models import MessageReport
from tests.groups.organisations.make import make_organisation
from tests.ledger.make import make_line
from tests.make import make_activity, make_board, make_member, make_post, make_topic
from tests.moderation.reports.conftest import send
from tests.security.world import png


def page(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_is_asked_to_sign_in_and_comes_back(as_, post):
    answer = as_(None).get(f"/report/post/{post.pk}/")
    assert answer.status_code == 302
    assert f"next=/report/post/{post.pk}/" in answer["Location"]


def test_a_report_is_sent_and_leads_back_to_the_thing(as_, post, somchai):
    client, path = as_(somchai), f"/report/post/{post.pk}/"
    shown = page(client.get(path))
    assert "ของเราทำแบบนี้" in shown
    assert "checked" not in shown
    assert "แจ้งได้อีก 10 เรื่อง" in shown
    assert client.post(path, {}).status_code == 400
    answer = client.post(path, {"problem": "rude", "words": "หยาบมาก"})
    sent = ProblemReport.objects.get()
    assert answer["Location"] == f"/reports/{sent.pk}/"
    told = page(client.get(answer["Location"]))
    assert "ส่งให้ผู้ดูแลแล้ว" in told
    assert f'href="/p/{post.pk}/"' in told
    assert client.get(path)["Location"] == answer["Location"]


def test_what_was_typed_comes_back_with_what_is_missing(as_, post, somchai):
    client, path = as_(somchai), f"/report/post/{post.pk}/"
    answer = client.post(path, {"problem": "illegal", "words": "เล่ามายาว"})
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "เล่ามายาว" in shown
    assert "โดยสุจริต" in shown
    assert re.search(r'value="illegal"[^>]*checked', shown)
    assert client.post(path, {"problem": "other", "words": " "}).status_code == 400
    assert client.post(path, {"problem": "rude", "words": "ย" * 501}).status_code == 400
    assert client.post(path, {"problem": "nonsense"}).status_code == 400
    done = {"problem": "illegal", "words": "เล่ามายาว", "good_faith": "on"}
    assert client.post(path, done).status_code == 302


def test_a_topics_own_text_is_reported_as_the_topic(as_, somchai, malee):
    topic = make_topic(malee)
    answer = as_(somchai).get(f"/report/post/{topic.posts.get(number=0).pk}/")
    assert answer["Location"] == f"/report/topic/{topic.pk}/"


def test_nobody_reports_her_own_nor_what_she_does_not_see(as_, post, malee, somchai):
    assert as_(malee).get(f"/report/post/{post.pk}/").status_code == 302
    assert not ProblemReport.objects.exists()
    staff = make_topic(board=make_board(read=Access.STAFF, write=Access.STAFF))
    client = as_(somchai)
    for path in (
        f"topic/{staff.pk}",
        "post/0",
        "post/x",
        "nothing/1",
        "picture/1",
        "message/1",
        "line/1",
    ):
        assert client.get(f"/report/{path}/").status_code == 404


def test_every_thing_has_its_link_where_it_stands(as_, malee, somchai, network):
    picture = save_picture(uploader=malee, file=png())
    topic = make_topic(malee, body=f"ดู\n\n{markdown(picture)}")
    comment = make_post(topic, malee)
    activity = make_activity(network)
    open_ledger(keeper=malee, network=network)
    line = make_line(network, malee)
    organisation = make_organisation("มูลนิธิสายน้ำ", malee)
    malee.trust_level = 1
    said = begin(writer=malee, people=[somchai], body="คำร้าย")
    opening = topic.posts.get(number=0)
    places = {
        topic.get_absolute_url(): [f"post/{opening.pk}", f"post/{comment.pk}"],
        f"/report/topic/{topic.pk}/": [f"picture/{picture.pk}"],
        malee.get_absolute_url(): [f"member/{malee.pk}"],
        network.get_absolute_url(): [f"network/{network.pk}"],
        f"{network.get_absolute_url()}money/": [f"line/{line.pk}"],
        activity.get_absolute_url(): [f"activity/{activity.pk}"],
        organisation.get_absolute_url(): [f"organisation/{organisation.pk}"],
        f"/messages/{said.conversation_id}/": [f"message/{said.pk}"],
    }
    client = as_(somchai)
    for path, things in places.items():
        shown = page(client.get(path, follow=True))
        for thing in things:
            assert f'href="/report/{thing}/"' in shown, (path, thing)
            asked = page(client.get(f"/report/{thing}/", follow=True))
            assert "แจ้งปัญหา" in asked
            assert client.post(f"/report/{thing}/", {"problem": "spam"}).status_code == 302
    assert "/report/" not in page(as_(malee).get(malee.get_absolute_url()))
    assert "/report/" not in page(as_(None).get(topic.get_absolute_url()))


def test_the_report_of_a_message_shows_beforehand_what_moderators_will_see(as_, malee, somchai):
    malee.trust_level = 1
    there = begin(writer=malee, people=[somchai], body="คำเก่า").conversation
    for number in range(4):
        said = say(writer=malee, conversation=there, body=f"คำที่ {number}")
    client = as_(somchai)
    assert (
        client.get(f"/messages/said/{said.pk}/report/")["Location"] == f"/report/message/{said.pk}/"
    )
    shown = page(client.get(f"/report/message/{said.pk}/"))
    assert "คำเก่า" not in shown
    assert all(f"คำที่ {number}" in shown for number in range(4))
    client.post(f"/report/message/{said.pk}/", {"problem": "rude", "words": "ข่มขู่"})
    copy = MessageReport.objects.get()
    assert [each["text"] for each in copy.shown] == [f"คำที่ {number}" for number in range(4)]
    assert copy.reason == "ข่มขู่"
    assert as_(make_member()).get(f"/report/message/{said.pk}/").status_code == 404


def test_what_she_reported_stands_in_her_list_alone(as_, post, somchai, malee, moderator):
    sent = send(somchai, post, words="หยาบ")
    assert "ของเราทำแบบนี้" in page(as_(somchai).get("/reports/"))
    assert "ยังไม่เคยแจ้งปัญหา" in page(as_(malee).get("/reports/"))
    for other in (malee, moderator):
        assert as_(other).get(f"/reports/{sent.pk}/").status_code == 404
        assert as_(other).post(f"/reports/{sent.pk}/take-back/").status_code == 404


def test_it_is_taken_back_by_its_button_until_somebody_looks(as_, post, somchai, moderator):
    sent = send(somchai, post)
    client = as_(somchai)
    assert "ถอนเรื่องที่แจ้ง" in page(client.get(f"/reports/{sent.pk}/"))
    take(moderator=moderator, case=sent.case)
    assert f"/reports/{sent.pk}/take-back/" not in re.findall(
        r"<button[^>]*>", page(client.get(f"/reports/{sent.pk}/"))
    )
    assert client.post(f"/reports/{sent.pk}/take-back/").status_code == 409
    other = make_member()
    theirs = send(other, make_post(post.topic, moderator))
    assert as_(other).post(f"/reports/{theirs.pk}/take-back/").status_code == 302


def test_who_reported_hears_what_became_of_it_and_never_who_decided(as_, post, somchai, moderator):
    sent = send(somchai, post)
    decision = hide_post(moderator=moderator, post=post, reason="ว่าร้ายกัน")
    end_case(case=sent.case, moderator=moderator, decision=decision)
    spread()
    client = as_(somchai)
    for path in ("/notifications/", f"/reports/{sent.pk}/", "/reports/"):
        shown = page(client.get(path))
        assert "ซ่อน" in shown
        assert str(moderator) not in shown
        assert "ของเราทำแบบนี้" not in shown  # hidden from her, too


def test_who_reported_reads_the_rule_and_the_reason_as_the_log_has_them(
    as_, post, somchai, moderator
):
    sent = send(somchai, post)
    rule = HouseRule.objects.create(number=104, title="ไม่ว่าร้ายกัน", text="ไม่ว่าใครผิด")
    why = Grounds("ว่าร้ายกัน แล้วให้โทร 081-000-2345", rule)
    decision = hide_post(moderator=moderator, post=post, reason=why)
    end_case(case=sent.case, moderator=moderator, decision=decision)
    shown = page(as_(somchai).get(f"/reports/{sent.pk}/"))
    assert "ไม่ว่าร้ายกัน" in shown
    assert "แล้วให้โทร" in shown
    assert "081-000-2345" not in shown


@pytest.mark.parametrize("path", ["/reports/"])
def test_a_page_costs_the_same_with_two_rows_as_with_twenty(as_, post, somchai, malee, path):
    def queries() -> int:
        client = as_(somchai)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    send(somchai, post)
    send(somchai, make_post(post.topic, malee))
    few = queries()
    somchai.trust_level = 2
    for _each in range(12):
        send(somchai, make_post(post.topic, make_member()))
    assert queries() == few


def test_what_only_moderators_have_cases_of_is_no_thing_to_report(as_, malee, moderator):
    post = make_post(make_topic())
    decision = hide_post(moderator=moderator, post=post, reason="เบอร์ 081-000-2345")
    for kind, key in (("decision", decision.pk), ("clarify", 1), ("nothing", 1)):
        assert as_(malee).get(f"/report/{kind}/{key}/").status_code == 404
