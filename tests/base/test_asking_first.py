"""Whoever writes for everyone is asked first whether what looks like personal data is hers to publish."""

import re
import uuid

import pytest

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.contacts.models import Contact
from forums.groups.networks.models import Audience
from tests.make import make_post, make_topic

TEXT = "ใครรู้จักบ้าง เบอร์เขา 081-000-2345"


def asked(response) -> str:
    """The answer its second button sends."""
    found = re.search(r'<button[^>]*name="mine"\s+value="([^"]+)"', response.text)
    return found[1] if found else ""


def reply(client, topic, body, **more):
    return client.post(
        f"/t/{topic.pk}/reply/", {"body": body, "submission": str(uuid.uuid4()), **more}
    )


def test_a_reply_with_a_telephone_number_comes_again_with_a_question(as_, malee):
    topic = make_topic()
    answer = reply(as_(malee), topic, TEXT)
    assert answer.status_code == 400
    assert TEXT in answer.text
    assert "เบอร์โทรศัพท์ <b>081-•••-••45</b>" in answer.text
    assert asked(answer)
    assert not Post.objects.filter(topic=topic, number=1).exists()


def test_signs_named_by_their_numbers_are_asked_about_as_they_are_read(as_, malee):
    client, topic = as_(malee), make_topic()
    answer = reply(client, topic, "เบอร์เขา 081&#45;000&#45;2345")
    assert "เบอร์โทรศัพท์ <b>081-•••-••45</b>" in answer.text
    assert (
        reply(client, topic, "เบอร์เขา 081&#45;000&#45;2345", mine=asked(answer)).status_code == 302
    )


def test_pressed_a_second_time_it_goes(as_, malee):
    topic = make_topic()
    client = as_(malee)
    mine = asked(reply(client, topic, TEXT))
    assert reply(client, topic, TEXT, mine=mine).status_code == 302
    assert Post.objects.get(topic=topic, number=1).body == TEXT


def test_what_is_added_after_the_question_is_asked_about_anew(as_, malee):
    topic = make_topic()
    client = as_(malee)
    mine = asked(reply(client, topic, TEXT))
    more = reply(client, topic, f"{TEXT} กับ 089-000-1111", mine=mine)
    assert more.status_code == 400
    assert "089-•••-••11" in more.text
    both = asked(more)
    assert reply(client, topic, f"{TEXT} กับ 089-000-1111", mine=both).status_code == 302


@pytest.mark.parametrize("mine", ["", "1", "x.y", "ก"])
def test_another_answer_is_none(as_, malee, mine):
    assert reply(as_(malee), make_topic(), TEXT, mine=mine).status_code == 400


def test_an_answer_is_of_this_sites_own_making(as_, malee, settings):
    topic = make_topic()
    settings.SECRET_KEY = "of another site, where anybody may look up what it is answered with"
    elsewhere = asked(reply(as_(malee), topic, TEXT))
    settings.SECRET_KEY = "ours, which nobody knows"
    assert elsewhere
    assert reply(as_(malee), topic, TEXT, mine=elsewhere).status_code == 400


def test_an_answer_given_stays_given_while_the_form_comes_again(as_, malee):
    topic = make_topic()
    client = as_(malee)
    mine = asked(reply(client, topic, TEXT))
    Topic.objects.filter(pk=topic.pk).update(locked_at="2026-01-01T00:00Z")
    refused = reply(client, topic, TEXT, mine=mine)
    assert refused.status_code == 409
    assert f'<input type="hidden" name="mine" value="{mine}">' in refused.text


def test_who_writes_without_signal_hears_why_it_did_not_go(as_, malee):
    topic = make_topic()
    data = {"body": TEXT, "submission": str(uuid.uuid4())}
    answer = as_(malee).post(f"/t/{topic.pk}/reply/", data, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "ข้อมูลส่วนตัว" in answer.json()["error"]


def test_hotlines_and_the_numbers_of_networks_are_not_asked_about(as_, malee, forest):
    topic = make_topic()
    client = as_(malee)
    assert reply(client, topic, "โทร 1669 ได้ตลอด").status_code == 302
    contact = Contact.objects.create(
        network=forest, label="โทร", value="๐๘๑-๐๐๐ ๒๓๔๕ (สำนักงาน)", audience=Audience.NETWORK
    )
    assert reply(client, topic, TEXT).status_code == 400
    Contact.objects.filter(pk=contact.pk).update(audience=Audience.EVERYONE)
    assert reply(client, topic, TEXT).status_code == 302


def test_a_hidden_networks_numbers_are_public_no_more(as_, malee, forest):
    Contact.objects.create(
        network=forest, label="อีเมล", value="Somjai@Example.org", audience=Audience.EVERYONE
    )
    topic = make_topic()
    client = as_(malee)
    assert reply(client, topic, "ถาม somjai@example.org").status_code == 302
    type(forest).objects.filter(pk=forest.pk).update(hidden_at="2026-01-01T00:00Z")
    assert reply(client, topic, "ถามได้ที่ somjai@example.org").status_code == 400


def test_a_text_without_numbers_asks_no_query_more(as_, malee, django_assert_num_queries):
    from forums.base.asking_first import not_public

    with django_assert_num_queries(0):
        assert not not_public("เรื่องนี้ควรฟังทั้งสองฝ่ายก่อนตัดสิน ปี 2567 งบ 45,000 บาท")


def test_what_stood_there_before_is_not_asked_about_again(as_, malee):
    post = make_post(make_topic(), author=malee, body=TEXT)
    client = as_(malee)
    edit = {"body": f"{TEXT} แก้คำผิด", "reason": "", "revision": "0"}
    assert client.post(f"/p/{post.pk}/edit/", edit).status_code == 302
    more = {"body": f"{TEXT} บ้านเลขที่ 45 หมู่ 7 ต.หนองแสง", "reason": "", "revision": "2"}
    assert asked(client.post(f"/p/{post.pk}/edit/", more))


def test_titles_of_topics_are_looked_at_too(as_, malee, board):
    data = {"kind": "conversation", "board": board.slug, "title": TEXT, "body": "อ่านดู", "tags": ""}
    answer = as_(malee).post(f"/b/{board.slug}/new/", data)
    assert (answer.status_code, bool(asked(answer))) == (400, True)


def test_a_profile_asks_too_and_knows_what_stood_there(as_, malee):
    client = as_(malee)
    data = {"display_name": "มาลี", "province": "", "bio": "โทรหาฉัน 081-000-2345"}
    answer = client.post("/settings/profile/", data)
    assert (answer.status_code, "081-000-2345" in answer.text) == (400, True)
    assert client.post("/settings/profile/", {**data, "mine": asked(answer)}).status_code == 302
    assert client.post("/settings/profile/", {**data, "province": "10"}).status_code == 302


def test_the_preview_covers_what_will_be_asked_about(as_, malee):
    part = as_(malee).post("/preview/", {"body": TEXT}, headers={"X-Requested-With": "fetch"})
    assert "081-000-2345" not in part.text
    assert "▮▮▮▮▮" in part.text
