"""The page of common ground, for each reader, at each stage."""

import pytest

from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from tests.answers import page
from tests.knowledge.common_ground.told import counted, figures_of, publish
from tests.knowledge.making import make_round, make_statement, member_of, network_in
from tests.make import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(malee):
    return make_topic(malee, title="ชิงเผาหรือห้ามเผา")


@pytest.fixture
def networks(topic):
    return [network_in(topic, name) for name in ("คนเฝ้าป่าต้นน้ำ", "ฝุ่นเราไม่เอา", "อสม. น้ำว้า")]


@pytest.fixture
def statements(topic):
    made = [make_statement(topic) for _ in range(8)]
    counted(topic)
    return made


@pytest.fixture
def told(topic, networks, statements):
    """A round that is open, and what is told of it."""
    round_ = make_round(topic)
    publish(round_, figures_of(statements, networks))
    return round_


def address(topic):
    return f"/t/{topic.pk}/common/"


def answer(member, round_, statements):
    for statement in statements:
        vote(member=member, round_=round_, statement=statement, choice=Answered.AGREE)


def test_a_topic_without_statements_says_what_one_is_and_who_can_begin(as_, topic, somchai):
    text = page(as_(None), address(topic))
    assert "คำกล่าวคือ" in text
    assert f"/accounts/login/?next={address(topic)}" in text
    assert "เขียนคำกล่าว" in page(as_(somchai), address(topic))


def test_figures_are_told_to_who_answered_five(as_, topic, statements, told, networks):
    noi = member_of(networks[0])
    answer(noi, told, statements[:5])
    text = page(as_(noi), address(topic))
    assert "เห็นด้วย 85%" in text
