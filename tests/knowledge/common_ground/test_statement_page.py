"""The page of one statement."""

import pytest

from forums.knowledge.statements.actions import merge, part, refuse
from forums.knowledge.statements.models import Refusal
from forums.knowledge.voting.actions import close_round, vote
from forums.knowledge.voting.models import Answered
from tests.answers import text_of
from tests.knowledge.common_ground.told import counted, figures_of, looked, publish
from tests.knowledge.making import make_round, make_statement, member_of, network_in, steward
from tests.make import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(malee):
    return make_topic(malee)


def said(as_, member, statement):
    return text_of(as_(member).get(f"/t/{statement.topic_id}/common/{statement.number}/"))


def status(as_, member, statement):
    return as_(member).get(f"/t/{statement.topic_id}/common/{statement.number}/").status_code


def test_all_figures_of_it_stand_there_for_who_may_read_them(as_, topic):
    networks = [network_in(topic) for _ in range(3)]
    statement = make_statement(topic)
    counted(topic)
    round_ = make_round(topic)
    publish(round_, figures_of([statement], networks))
    noi, other = member_of(networks[0]), member_of(networks[1])
    vote(member=noi, round_=round_, statement=statement, choice=Answered.DISAGREE)
    looked(noi, topic)
    text = said(as_, noi, statement)
    for piece in ("เห็นตรงกัน", "เห็นด้วย 85%", "40%", "ท่านตอบ: ไม่เห็นด้วย", "ตอบแล้ว 1 คน", "เปลี่ยนคำตอบ"):
        assert piece in text
    assert "ตอบข้อนี้" in said(as_, other, statement)
    assert "85%" not in said(as_, other, statement)
    close_round(member=steward(), round_=round_)
    assert "85%" in said(as_, None, statement)
    assert "เปลี่ยนคำตอบ" not in said(as_, noi, statement)


def test_what_became_of_it_is_read_by_its_author_alone(as_, topic, somchai):
    refused = make_statement(topic, somchai, looked=False)
    refuse(member=steward(), statement=refused, refusal=Refusal.QUESTION)
    assert str(Refusal.QUESTION.label) in said(as_, somchai, refused)
    assert status(as_, None, refused) == 404
    assert as_(None).get(f"/t/{topic.pk}/common/999/").status_code == 404


def test_one_put_together_with_another_leads_there(as_, topic, somchai):
    stays = make_statement(topic)
    merged = make_statement(topic, somchai, looked=False)
    merge(member=steward(), statement=merged, into=stays)
    led = as_(None).get(f"/t/{topic.pk}/common/{merged.number}/")
    assert led.headers["Location"] == f"/t/{topic.pk}/common/{stays.number}/"
    assert stays.body in said(as_, somchai, merged)
    assert "อีก 1 ข้อพูดอย่างเดียวกัน" in said(as_, None, stays)


def test_parts_say_what_they_were_parted_from(as_, topic):
    double = make_statement(topic)
    one, other = part(member=steward(), statement=double, bodies=["บอกคนใต้ลม", "หยุดเผาปีฝุ่นหนัก"])
    assert f"แยกมาจาก: “{double.body}”" in said(as_, None, one)
    led = as_(None).get(f"/t/{topic.pk}/common/{double.number}/")
    assert led.headers["Location"] == f"/t/{topic.pk}/common/{one.number}/"
    assert other.body in said(as_, double.author, double)


def test_what_is_said_in_a_networks_name_says_so(as_, topic):
    network = network_in(topic, "คนเฝ้าป่าต้นน้ำ")
    statement = make_statement(topic)
    type(statement).objects.filter(pk=statement.pk).update(network=network, in_name=True)
    assert "“คนเฝ้าป่าต้นน้ำ”" in said(as_, None, statement)
