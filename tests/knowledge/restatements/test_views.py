"""The pages on which one says what another means, and hears whether it is so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import TopicNetwork
from forums.knowledge.restatements.actions import answer, restate
from forums.knowledge.restatements.models import Restatement
from forums.notifications.inbox.actions import spread
from forums.reading.following.actions import block
from tests.make import make_member, make_network, make_network_board, make_post, make_topic

SAID = "อยากให้มีคนไปเยี่ยมทุกบ้าน"
SAYING = "ที่คุณหมายถึงคือ"


@pytest.fixture
def post(malee):
    return make_post(make_topic(), malee, body="แล้วบ้านที่ไม่มีโทรศัพท์ล่ะ")


def test_who_reads_it_says_what_is_meant_in_one_form(as_, post, somchai):
    page = as_(somchai).get(f"/p/{post.pk}/restate/")
    assert page.status_code == 200
    assert SAYING in page.text
    assert "แล้วบ้านที่ไม่มีโทรศัพท์ล่ะ" in page.text
    sent = as_(somchai).post(f"/p/{post.pk}/restate/", {"body": SAID}, follow=True)
    assert "จะบอกว่าตรงไหม" in sent.text
    assert Restatement.objects.get().body == SAID


def test_the_menu_of_a_post_leads_there_and_of_ones_own_to_what_others_say(
    as_, post, malee, somchai
):
    url = post.topic.get_absolute_url()
    assert f'href="/p/{post.pk}/restate/"' in as_(somchai).get(url).text
    own = as_(malee).get(url).text
    assert f'href="/p/{post.pk}/restatements/"' in own
    assert f'href="/p/{post.pk}/restate/"' not in own
    assert "/restate/" not in as_(None).get(url).text


def test_nobody_but_they_two_reads_it_until_it_is_answered(as_, post, malee, somchai, moderator):
    made = restate(member=somchai, post=post, body=SAID)
    url = f"/p/{post.pk}/restatements/"
    seen = {who: SAID in as_(who).get(url).text for who in (None, make_member(), malee, somchai)}
    assert list(seen.values()) == [False, False, True, True]
    assert SAID in as_(moderator).get(url).text
    answer(member=malee, restatement=made, fits=False, missing="ยังไม่พูดถึงเวร")
    page = as_(None).get(url).text
    assert SAID in page
    assert "ยังไม่พูดถึงเวร" in page
    assert "1 คนพูดแทนแล้ว" in page


def test_its_author_answers_on_the_page(as_, post, malee, somchai):
    made = restate(member=somchai, post=post, body=SAID)
    url = f"/p/{post.pk}/restatements/"
    page = as_(malee).get(url).text
    assert page.count('name="fits"') == 2
    sent = as_(malee).post(f"{url}{made.pk}/", {"fits": "1"}, follow=True)
    assert "เข้าใจตรงกันแล้ว" in sent.text
    assert "ตรงกับที่หมายถึง" in as_(None).get(url).text


def test_what_is_wrong_is_said_and_what_was_typed_comes_back(as_, post, malee, somchai):
    long = "ก" * 201
    page = as_(somchai).post(f"/p/{post.pk}/restate/", {"body": long})
    assert page.status_code == 400
    assert long in page.text
    made = restate(member=somchai, post=post, body=SAID)
    page = as_(malee).post(f"/p/{post.pk}/restatements/{made.pk}/", {"fits": "0", "missing": long})
    assert page.status_code == 400
    assert long in page.text
    page = as_(malee).post(f"/p/{post.pk}/restatements/{made.pk}/", {"missing": "ขาดเรื่องเวร"})
    assert page.status_code == 400
    assert "ขาดเรื่องเวร" in page.text
    assert Restatement.objects.get().answered_at is None


def test_others_may_not_answer_and_what_they_may_not_see_is_not_there(as_, post, somchai):
    made = restate(member=somchai, post=post, body=SAID)
    there = f"/p/{post.pk}/restatements/{made.pk}/"
    assert as_(somchai).post(there, {"fits": "1"}).status_code == 403
    assert as_(make_member()).post(there, {"fits": "1"}).status_code == 404
    assert as_(somchai).get(there).status_code == 405


def test_ones_own_post_and_one_that_is_gone(as_, post, malee, somchai):
    assert as_(malee).get(f"/p/{post.pk}/restate/").status_code == 403
    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
    for who in (None, somchai, malee):
        assert as_(who).get(f"/p/{post.pk}/restatements/").status_code == 404
    assert as_(somchai).get(f"/p/{post.pk}/restate/").status_code == 404


def test_where_a_topic_cannot_be_read_nothing_of_it_can(as_, somchai):
    network = make_network()
    inside = make_post(
        make_topic(network.registered_by, make_network_board(network, "network")),
        network.registered_by,
    )
    for path in ("restate/", "restatements/"):
        assert as_(somchai).get(f"/p/{inside.pk}/{path}").status_code == 404
    for path in ("restate/", "restatements/"):
        seen = as_(network.registered_by).get(f"/p/{inside.pk}/{path}").status_code
        assert seen in (200, 403)


def test_of_whom_one_blocked_one_hears_nothing(as_, post, malee, somchai):
    block(member=malee, person=somchai)
    restate(member=somchai, post=post, body=SAID)
    spread()
    assert SAID not in as_(malee).get(f"/p/{post.pk}/restatements/").text
    assert SAID not in as_(malee).get("/notifications/").text


def test_both_are_told_on_the_page_of_notifications(as_, post, malee, somchai):
    made = restate(member=somchai, post=post, body=SAID)
    spread()
    assert SAID in as_(malee).get("/notifications/").text
    answer(member=malee, restatement=made, fits=True)
    spread()
    assert "เข้าใจ" in as_(somchai).get("/notifications/").text


def test_the_page_asks_the_same_of_two_as_of_forty(as_, post, malee):
    def asked(number: int) -> int:
        for _each in range(number):
            made = restate(member=make_member(), post=post, body=SAID)
            answer(member=malee, restatement=made, fits=False)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_(malee).get(f"/p/{post.pk}/restatements/")
        return len(queries)

    as_(malee).get(f"/p/{post.pk}/restatements/")
    assert asked(2) == asked(38)


def test_beside_how_networks_see_it_a_post_says_how_many_understood_it(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    topic = make_topic()
    said = make_post(topic, malee, body="แล้วบ้านที่ไม่มีโทรศัพท์ล่ะ", speak_from=network.pk)
    TopicNetwork.objects.filter(topic=topic, network=network).update(most_useful=[said.pk])
    beside = f"/t/{topic.pk}/by/others/"
    assert "พูดแทนได้ตรง" not in as_(None).get(beside).text
    for member, fits in ((somchai, True), (make_member(), True), (make_member(), False)):
        answer(member=malee, restatement=restate(member=member, post=said, body=SAID), fits=fits)
    assert "2 คนพูดแทนได้ตรง" in as_(None).get(beside).text
    block(member=topic.author, person=somchai)
    assert "1 คนพูดแทนได้ตรง" in as_(topic.author).get(beside).text
