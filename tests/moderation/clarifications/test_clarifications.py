"""Who is named in a topic may say her side under it: asked, decided, pinned, taken down, taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.base.errors import BadText, NotAllowed, TooFast, TopicHidden
from forums.discussions.topics.models import Topic
from forums.moderation.actions import hide_topic, lock
from forums.moderation.clarifications.actions import (
    ask,
    pin_reply,
    refuse_reply,
    take_back,
    take_down,
)
from forums.moderation.clarifications.models import Clarification
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act
from forums.moderation.queue.actions import answer_case
from forums.moderation.queue.models import Case, CaseState
from forums.notifications.models import Telling
from tests.make import join, make_member, make_network_board, make_topic
from tests.threads import in_threads

HOW = "ในคลิปที่สองคือฉันเอง"
SIDE = "วันนั้นฉันพาแม่ไปหาหมอ **ไม่ได้** อยู่ที่นั่น"


@pytest.fixture
def topic(malee):
    return make_topic(malee, title="คนในคลิปคือใคร")


def asked(member, topic, **more):
    values = {"named": "person", "how": HOW, "body": SIDE} | more
    return ask(member=member, topic=topic, **values)


def test_what_is_asked_waits_as_a_case_and_stands_nowhere_yet(as_, topic, somchai):
    made = asked(somchai, topic)
    case = Case.objects.get(kind="clarify", key=str(made.pk))
    assert (case.state, case.about_id, made.waits) == (CaseState.OPEN, somchai.pk, True)
    assert "พาแม่ไปหาหมอ" not in as_(None).get(topic.get_absolute_url()).text


def test_asked_twice_it_is_one(topic, somchai):
    assert asked(somchai, topic) == asked(somchai, topic, body="อีกแบบ")
    assert Case.objects.count() == 1


def test_asked_at_once_it_is_one(transactional_db):
    topic, member = make_topic(), make_member()
    made = in_threads(lambda each: asked(each, topic), [member] * 4)
    assert len({each.pk for each in made}) == 1
    assert Clarification.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"named": "x"}, {"how": " "}, {"body": ""}, {"body": "ก" * 3001}]
)
def test_what_says_nothing_is_refused(topic, somchai, wrong):
    with pytest.raises(BadText):
        asked(somchai, topic, **wrong)


def test_she_who_wrote_the_topic_has_said_her_side(topic, malee):
    with pytest.raises(NotAllowed):
        asked(malee, topic)


def test_a_closed_topic_can_be_answered_a_hidden_one_not(topic, somchai, moderator):
    lock(moderator=moderator, topic=topic, reason="พอแล้ว")
    assert asked(somchai, topic).waits
    hide_topic(moderator=moderator, topic=topic, reason="ผิดกติกา")
    with pytest.raises(TopicHidden):
        asked(make_member(), topic)


def test_three_a_day(somchai):
    for _ in range(3):
        asked(somchai, make_topic())
    with pytest.raises(TooFast):
        asked(somchai, make_topic())


def test_pinned_by_its_case_it_stands_under_the_text_with_its_label(as_, topic, somchai, moderator):
    made = asked(somchai, topic)
    case = Case.objects.get()
    decision = answer_case(
        moderator=moderator, case=case, answer="pin", grounds=Grounds("เป็นผู้ถูกกล่าวถึงจริง")
    )
    assert (decision.act, decision.topic_id) == (Act.CLARIFY, topic.pk)
    page = as_(None).get(topic.get_absolute_url()).text
    assert "คำชี้แจงจากผู้ถูกกล่าวถึง" in page
    assert "<strong>ไม่ได้</strong>" in page
    assert HOW not in page
    case.refresh_from_db()
    made.refresh_from_db()
    assert (case.state, made.waits) == (CaseState.DECIDED, False)
    told = Telling.objects.filter(kind="clarify_answered").get()
    assert told.members == [somchai.pk]


def test_refused_the_one_who_asked_hears_why_and_nobody_else(as_, topic, somchai, moderator):
    made = asked(somchai, topic)
    answer_case(
        moderator=moderator, case=Case.objects.get(), answer="refuse", grounds=Grounds("ไม่ได้กล่าวถึง")
    )
    made.refresh_from_db()
    assert made.answer == "ไม่ได้กล่าวถึง"
    assert "ไม่ได้กล่าวถึง" in as_(somchai).get(f"/t/{topic.pk}/clarify/").text
    assert not Telling.objects.filter(members__contains=[topic.author_id], kind="decided").exists()
    assert asked(somchai, topic).pk != made.pk


def test_taken_down_and_pinned_again(topic, somchai, moderator):
    made = asked(somchai, topic)
    pin_reply(moderator=moderator, clarification=made, reason="จริง")
    assert take_down(moderator=moderator, clarification=made, reason="ไม่จริง").act == Act.UNCLARIFY
    topic.refresh_from_db()
    assert topic.clarified_at is None
    assert pin_reply(moderator=moderator, clarification=made, reason="จริง") is not None
    assert pin_reply(moderator=moderator, clarification=made, reason="จริง") is None
    topic.refresh_from_db()
    assert topic.clarified_at is not None


def test_she_takes_it_back_while_it_waits_and_when_it_stands(topic, somchai, moderator):
    first = asked(somchai, topic)
    take_back(member=somchai, clarification=first)
    assert Case.objects.get().state == CaseState.REFUSED
    second = asked(somchai, topic)
    pin_reply(moderator=moderator, clarification=second, reason="จริง")
    with pytest.raises(NotAllowed):
        take_back(member=make_member(), clarification=second)
    take_back(member=somchai, clarification=second)
    assert Topic.objects.get(pk=topic.pk).clarified_at is None


def test_neither_the_topics_author_nor_the_one_who_asks_decides(somchai, moderator, canal):
    of_a_moderator = make_topic(moderator)
    made = asked(somchai, of_a_moderator)
    own = asked(moderator, make_topic())
    for each in (made, own):
        with pytest.raises(NotAllowed):
            pin_reply(moderator=moderator, clarification=each, reason="x")
        with pytest.raises(NotAllowed):
            refuse_reply(moderator=moderator, clarification=each, reason="x")


def test_a_networks_moderators_decide_in_its_boards_only(somchai, malee, canal, forest):
    made = asked(somchai, make_topic(malee, board=make_network_board(canal)))
    elsewhere, here = make_member(), make_member()
    join(forest, elsewhere, role="coordinator")
    join(canal, here, role="coordinator")
    with pytest.raises(NotAllowed):
        pin_reply(moderator=elsewhere, clarification=made, reason="x")
    assert pin_reply(moderator=here, clarification=made, reason="จริง") is not None


def test_a_topic_without_replies_asks_for_none(as_, topic, somchai, moderator):
    client = as_(None)
    client.get(topic.get_absolute_url())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(topic.get_absolute_url())
    assert not any("forums_clarification" in each["sql"] for each in queries)


def test_its_pages_walk_without_scripts(as_, topic, somchai, moderator):
    client, address = as_(somchai), f"/t/{topic.pk}/clarify/"
    assert address in client.get(topic.get_absolute_url()).text
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"named": "person", "how": "", "body": SIDE})
    assert (wrong.status_code, SIDE in wrong.text) == (400, True)
    done = client.post(address, {"named": "person", "how": HOW, "body": SIDE}, follow=True)
    assert "ผู้ดูแล" in done.text
    made = Clarification.objects.get()
    one = f"{address}{made.pk}/"
    assert as_(None).get(one).status_code == 302
    assert as_(make_member()).get(one).status_code == 404
    assert as_(topic.author).get(address).status_code == 403
    assert as_(topic.author).get(one).status_code == 404
    pin_reply(moderator=moderator, clarification=made, reason="จริง")
    assert as_(make_member()).get(one).status_code == 403
    assert client.post(f"{one}back/").status_code == 302
    assert not Clarification.objects.pinned().exists()
