"""The page on which one says why."""

import pytest
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.knowledge.reasons.models import StatementReason
from forums.knowledge.voting.models import Answered
from tests.knowledge.making import make_statement, member_of, network_in
from tests.make import make_post, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    return make_statement(make_topic())


@pytest.fixture
def page(statement):
    return f"/t/{statement.topic_id}/common/reasons/{statement.number}/"


def test_who_may_knock(client, as_, malee, statement, page):
    assert "/accounts/login/" in client.get(page).url
    assert as_(malee).get(page).status_code == 200
    assert as_(malee).get(page.replace("/1/", "/9/")).status_code == 404
    Topic.objects.filter(pk=statement.topic_id).update(hidden_at=timezone.now())
    assert as_(malee).get(page).status_code == 404


def test_what_waits_is_there_for_its_writer_only_and_takes_no_reason(as_, malee, somchai):
    waiting = make_statement(make_topic(), malee, looked=False)
    page = f"/t/{waiting.topic_id}/common/reasons/{waiting.number}/"
    assert as_(somchai).get(page).status_code == 404
    assert as_(malee).get(page).status_code == 409


def test_a_reason_is_written_and_read_where_it_stands(as_, malee, statement, page):
    sent = as_(malee).post(page, {"side": "-1", "body": "น้ำไม่พอ", "send": "1"})
    post = Post.objects.get(author=malee)
    assert sent.url == f"/p/{post.pk}/"
    assert StatementReason.objects.get().side == Answered.DISAGREE
    assert "ความคิดเห็นที่ 1" in as_(malee).get(page).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"body": "น้ำไม่พอ"}, "เลือกก่อนว่าเหตุผลนี้"),
        ({"side": "2", "body": "น้ำไม่พอ"}, "น้ำไม่พอ"),
        ({"side": "x", "body": "น้ำไม่พอ"}, "น้ำไม่พอ"),
        ({"side": "1", "body": " "}, "เขียนอะไรสักหน่อยก่อน"),
        ({"side": "1", "point": "1"}, "เลือกความคิดเห็นของท่านก่อน"),
        ({"side": "1", "point": "1", "comment": "999999"}, "เลือกความคิดเห็นของท่านเอง"),
        ({"side": "1", "point": "1", "comment": "x"}, "เลือกความคิดเห็นของท่านเอง"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(as_, malee, page, sent, said):
    answer = as_(malee).post(page, sent)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not StatementReason.objects.exists()


def test_a_comment_is_chosen_and_let_go(as_, malee, somchai, statement, page):
    hers, his = make_post(statement.topic, malee), make_post(statement.topic, somchai)
    assert as_(malee).post(page, {"side": "1", "point": "1", "comment": his.pk}).status_code == 400
    assert as_(malee).post(page, {"side": "1", "point": "1", "comment": hers.pk}).status_code == 302
    assert StatementReason.objects.get().post == hers
    assert as_(malee).post(f"{page}off/").url == page
    assert not StatementReason.objects.exists()


def test_what_was_typed_is_not_thrown_away_for_a_comment_that_was_chosen(
    as_, malee, statement, page
):
    hers = make_post(statement.topic, malee)
    sent = {"side": "1", "point": "1", "comment": hers.pk, "body": "อีกเหตุผล"}
    answer = as_(malee).post(page, sent)
    assert answer.status_code == 400
    assert "อีกเหตุผล" in answer.content.decode()


def test_one_of_a_network_is_asked_from_where_she_speaks_but_not_for_what_stands(
    as_, statement, page
):
    network = network_in(statement.topic)
    member = member_of(network)
    client = as_(member)
    assert client.post(page, {"side": "1", "body": "น้ำพอ", "send": "1"}).status_code == 400
    sent = {"side": "1", "body": "น้ำพอ", "send": "1", "speak_from": str(network.pk)}
    assert client.post(page, sent).status_code == 302
    post = Post.objects.get(author=member)
    assert post.network == network
    assert client.post(page, {"side": "0", "point": "1", "comment": post.pk}).status_code == 302
    assert StatementReason.objects.get().side == Answered.PASS


def test_in_a_closed_topic_only_what_was_written_can_be_chosen(
    as_, malee, somchai, statement, page
):
    make_post(statement.topic, malee)
    Topic.objects.filter(pk=statement.topic_id).update(locked_at=timezone.now())
    assert 'name="body"' not in as_(malee).get(page).content.decode()
    assert 'name="comment"' in as_(malee).get(page).content.decode()
    assert "ปิดการตอบแล้ว" in as_(somchai).get(page).content.decode()
    answer = as_(malee).post(page, {"side": "1", "body": "น้ำพอ", "send": "1"})
    assert answer.status_code == 409


def test_the_side_she_comes_from_is_chosen_already(as_, malee, page):
    assert 'value="-1" checked' in " ".join(
        as_(malee).get(f"{page}?side=-1").content.decode().split()
    ).replace("required ", "").replace('id="id_side_1" ', "")
    assert as_(malee).get(f"{page}?side=9").status_code == 200
