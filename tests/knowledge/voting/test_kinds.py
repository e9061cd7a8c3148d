"""What is told of rounds, and that they end by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.knowledge.voting.actions import close_round, open_round, vote
from forums.knowledge.voting.kinds import rounds_over
from forums.knowledge.voting.models import Answered, Round
from forums.notifications.inbox.actions import spread
from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Notification
from forums.reading.following.models import Follow, Level
from tests.knowledge.making import make_round, make_statement, steward
from tests.make import make_member, make_topic


@pytest.fixture
def topic(malee):
    return make_topic(malee, title="น้ำใต้ดินหรือฝาย")


@pytest.fixture
def statement(topic):
    return make_statement(topic)


def told(member):
    """The sentences on her page of notifications about rounds."""
    spread()
    notes = list(Notification.objects.filter(member=member, kind__startswith="round-"))
    return [line.text for line in lines_of(member, notes).values()]


def test_who_follows_the_topic_or_answered_before_hears_of_a_round_while_it_is_open(
    topic, statement, somchai
):
    fan, muted = make_member(), make_member()
    Follow.objects.create(member=fan, topic=topic, level=Level.TRACKING)
    Follow.objects.create(member=muted, topic=topic, level=Level.MUTED)
    first = make_round(topic)
    assert told(fan) == ["เปิดให้ตอบคำกล่าวใน “น้ำใต้ดินหรือฝาย” แล้ว"]
    for who in (somchai, muted):
        vote(member=who, round_=first, statement=statement, choice=Answered.AGREE)
    close_round(member=steward(), round_=first)
    assert told(fan) == []
    open_round(member=steward(), topic=topic, lasts=timedelta(days=3))
    assert "เปิดให้ตอบคำกล่าวใน “น้ำใต้ดินหรือฝาย” แล้ว" in told(somchai)
    assert told(muted) == []


def test_a_round_whose_time_is_over_is_closed_and_who_answered_is_told_once(
    topic, statement, somchai
):
    round_ = make_round(topic)
    vote(member=somchai, round_=round_, statement=statement, choice=Answered.PASS)
    rounds_over(timezone.now())
    assert Round.objects.get().closed_at is None
    Round.objects.update(
        closes_at=timezone.now() - timedelta(minutes=1),
        opened_at=timezone.now() - timedelta(days=2),
    )
    for _time in range(2):
        rounds_over(timezone.now())
    over = Round.objects.get()
    assert over.closed_at == over.closes_at
    assert told(somchai) == ["รอบใน “น้ำใต้ดินหรือฝาย” ปิดแล้ว ดูผลได้"]
    assert told(make_member()) == []


def test_of_a_topic_she_may_no_longer_read_nothing_is_said(topic, statement, somchai):
    round_ = make_round(topic)
    vote(member=somchai, round_=round_, statement=statement, choice=Answered.AGREE)
    close_round(member=steward(), round_=round_)
    spread()
    type(topic).objects.filter(pk=topic.pk).update(hidden_at=timezone.now())
    assert told(somchai) == []
