"""forums.discussions.voices.lists: who takes part on which terms, and what may be done about it."""

import pytest

from forums.discussions.voices import lists
from forums.discussions.voices.actions import (
    answer_invitation,
    ask_to_join,
    invite_network,
    take_off,
)
from forums.discussions.voices.permissions import can_answer_for
from tests.answers import page
from tests.make import make_member, make_network, make_topic

JUST_NOW = "เมื่อสักครู่"


@pytest.fixture
def topic(malee):
    return make_topic(malee)


def row_of(topic, member) -> lists.PartRow:
    """How the only network in a topic is shown to a member."""
    (row,) = lists.parts_in(topic, member, answers=can_answer_for(member, topic))
    return row


def deeds(row: lists.PartRow) -> set[str]:
    """What the page offers."""
    offered = {
        "answer": row.may_answer, "take off": row.may_take_off, "set view": row.may_set_view,
    }  # fmt: skip
    return {deed for deed, may in offered.items() if may}


def test_an_invited_network_is_answered_for_by_its_coordinator_only(topic, malee, somchai, forest):
    invite_network(member=malee, topic=topic, network=forest)
    row = row_of(topic, somchai)
    assert row.terms == f"{malee} ชวนไว้ {JUST_NOW}"
    assert (row.name, row.url) == (forest.name, forest.get_absolute_url())
    assert deeds(row) == {"answer"}
    assert deeds(row_of(topic, malee)) == set()


def test_one_that_asks_is_answered_by_whoever_started_the_topic(topic, malee, somchai, forest):
    ask_to_join(member=somchai, topic=topic, network=forest)
    assert row_of(topic, malee).terms == f"{somchai} ขอเข้าร่วม {JUST_NOW}"
    assert deeds(row_of(topic, malee)) == {"answer"}
    assert deeds(row_of(topic, somchai)) == set()


def test_one_that_takes_part_writes_its_view_and_may_leave(topic, malee, somchai, forest):
    invite_network(member=malee, topic=topic, network=forest)
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    assert row_of(topic, somchai).terms == "ร่วมกระทู้"
    assert deeds(row_of(topic, somchai)) == {"take off", "set view"}
    assert deeds(row_of(topic, malee)) == set()
    take_off(member=somchai, topic=topic, network=forest)
    assert row_of(topic, somchai).terms == "นำออกจากหน้าของตนแล้ว"
    assert deeds(row_of(topic, somchai)) == set()


def test_who_only_passes_by_sees_those_that_take_part(as_, topic, malee, canal, forest):
    invite_network(member=malee, topic=topic, network=canal)
    invite_network(member=malee, topic=topic, network=forest)
    address = f"/t/{topic.pk}/by/networks/"
    assert forest.name in page(as_(malee), address)
    text = page(as_(make_member()), address)
    assert canal.name in text
    assert forest.name not in text


def test_what_waits_says_who_wants_it(topic, malee, somchai, canal, forest):
    invite_network(member=malee, topic=topic, network=forest)
    (row,) = lists.waiting_for(somchai, forest.pk)
    assert (row.topic, row.topic_url) == (topic.title, topic.get_absolute_url())
    assert row.asked == f"{malee} ชวนเครือข่ายนี้ {JUST_NOW}"


def test_a_name_is_plain_text_where_it_is_said_who_asks(as_, topic, malee):
    asker = make_member(display_name="น้อย <b> & 50%")
    asking = make_network("คนริมน้ำ", asker)
    ask_to_join(member=asker, topic=topic, network=asking)
    text = page(as_(malee), f"/t/{topic.pk}/by/networks/")
    assert f"น้อย &lt;b&gt; &amp; 50% ขอเข้าร่วม {JUST_NOW}" in text


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("> ทำไมฉันเห็นด้วยกับข้อ 7: “ก”\n\nเดินทุกบ้านทั้งหมู่", "เดินทุกบ้านทั้งหมู่"),
        ("ใช่เลย\n\n> คนเข็นต้องมีที่\n> ให้ข้อศอกด้วย\n\nจริงด้วย", "ใช่เลย จริงด้วย"),
        ("> มีแต่ที่ยกมา", "มีแต่ที่ยกมา"),
    ],
)
def test_under_a_networks_name_stand_its_words_and_not_those_it_quotes(body, shown):
    assert lists.excerpt_of(body) == shown
