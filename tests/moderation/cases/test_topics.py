"""What the form that decides does with topics: of a topic's case, and of one about a comment in it."""

import pytest

from forums.discussions.topics.models import Topic
from forums.moderation import subjects
from forums.moderation.models import Act, Decision
from forums.moderation.queue import actions
from forums.moderation.queue.models import Case, CaseState
from forums.moderation.topics.actions import keep_open
from tests.make import make_board, make_post, make_topic
from tests.moderation.cases.conftest import KIND, opened


@pytest.fixture
def topic(somchai) -> Topic:
    return make_topic(author=somchai, title="คืนนี้ใครตื่นอยู่")


@pytest.fixture
def about_it(topic) -> Case:
    topic = Topic.objects.select_related("board").get(pk=topic.pk)
    return actions.open_case(kind=KIND, subject=subjects.of_topic(topic))


@pytest.fixture
def hers(as_, moderator):
    return as_(moderator)


def at(case: Case) -> str:
    return f"/admin/queue/{case.pk}/"


def decide(client, case: Case, answer: str, **more):
    return client.post(at(case), {"answer": answer, "reason": "ทะเลาะกันทั้งคืน", **more})


def test_a_topic_is_moved_in_the_form_which_ends_its_case(hers, topic, about_it):
    board = make_board("นั่งเล่น")
    assert decide(hers, about_it, "move", move_board=board.pk).status_code == 302
    topic.refresh_from_db()
    about_it.refresh_from_db()
    assert topic.board == board
    assert (about_it.state, about_it.answer) == (CaseState.DECIDED, "move")
    assert about_it.decision.act == Act.MOVE


def test_a_topic_closes_at_the_time_that_is_typed(hers, moderator, topic, about_it):
    assert decide(hers, about_it, "close_at", close_at_day="30/12/2569").status_code == 302
    topic.refresh_from_db()
    assert topic.closes_at is not None
    assert about_it.subject == "topic"
    assert keep_open(moderator=moderator, topic=topic, reason="พอแล้ว") is not None


def test_a_topic_is_merged_into_another(hers, topic, about_it, malee):
    into = make_topic(author=malee, board=topic.board)
    assert decide(hers, about_it, "join", join_into=f"/t/{into.pk}/").status_code == 302
    topic.refresh_from_db()
    assert topic.merged_into == into


@pytest.mark.parametrize(
    ("answer", "typed", "said"),
    [
        ("close_at", {"close_at_day": "วันไหนสักวัน"}, "วันไหนสักวัน"),
        ("join", {"join_into": "กระทู้โน้น"}, "กระทู้โน้น"),
        ("split", {"split_numbers": "ห้า", "split_title": "เรื่องใหม่"}, "เรื่องใหม่"),
        ("move", {"move_board": "99999"}, "ทะเลาะกันทั้งคืน"),
    ],
)
def test_what_was_typed_wrongly_is_said_and_comes_back(
    hers, topic, about_it, malee, answer, typed, said
):
    make_post(topic, malee)
    answered = decide(hers, about_it, answer, **typed)
    page = answered.content.decode()
    assert answered.status_code == 400
    assert said in page
    assert 'class="case-wrong"' in page
    assert not Decision.objects.exists()
    about_it.refresh_from_db()
    assert about_it.ended_at is None


# -- about a comment ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "more", "column"),
    [
        ("topic_slow", {"slow_minutes": "10"}, "slow_minutes"),
        ("topic_lock", {}, "locked_at"),
        ("topic_close_at", {"close_at_day": "30/12/2569"}, "closes_at"),
        ("topic_split", {"split_numbers": "1", "split_title": "คุยเรื่องยา"}, "parted_at"),
    ],
)
def test_in_a_comments_case_its_topic_is_decided_about(hers, topic, malee, answer, more, column):
    case = opened(make_post(topic, malee))
    assert decide(hers, case, answer, **more).status_code == 302
    topic.refresh_from_db()
    case.refresh_from_db()
    assert getattr(topic, column)
    assert case.decision.topic == topic


def test_what_is_split_off_begins_with_the_comment_and_is_taken_back_from_its_case(
    hers, topic, malee
):
    case = opened(make_post(topic, malee))
    page = hers.get(at(case)).content.decode()
    assert 'name="split_numbers" value="1"' in page
    decide(hers, case, "topic_split", split_numbers="1", split_title="คุยเรื่องยา")
    assert f"/admin/forums/topic/act/unsplit/?ids={topic.pk}" not in page
    topic.refresh_from_db()
    later = opened(make_post(topic, malee))
    page = hers.get(at(later)).content.decode()
    assert f"/admin/forums/topic/act/unsplit/?ids={topic.pk}" in page


def test_a_networks_moderators_slow_a_topic_in_the_form_and_do_not_move_it(as_, theirs, malee):
    page = as_(malee).get(f"/n/{theirs.network.slug}/queue/{theirs.pk}/").content.decode()
    assert 'value="topic_slow"' in page
    assert 'value="move"' not in page
