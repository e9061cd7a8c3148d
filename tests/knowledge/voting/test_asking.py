"""Which statement is asked next."""

import random

import pytest

from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.asking import (
    Askable,
    chance_of,
    next_card,
    priority,
    pull,
    unanswered,
)
from forums.knowledge.voting.models import Answered, Ballot
from tests.knowledge.making import make_round, make_statement
from tests.make import make_member, make_topic


def asked_by(**said) -> float:
    return pull(**{"people": 40, "agree": 0, "passed": 0, "extremity": 0, **said})


def test_the_priority_is_pol_is_own_by_hand():
    # (1 − 1/2)·(1+0)·1/2·(1+8) squared
    assert priority(Askable(1)) == pytest.approx(5.0625)
    # 10 answered, 6 agree, 1 passed: (1 − 2/12)·(1+0.5)·7/12·(1 + 8/4) squared
    said = Askable(1, answered=10, pull=asked_by(people=10, agree=6, passed=1, extremity=0.5))
    assert priority(said) == pytest.approx((10 / 12 * 1.5 * 7 / 12 * 3) ** 2)


def test_what_is_new_is_asked_more_often_and_what_others_passed_on_less():
    new, old, passed = (
        Askable(1),
        Askable(2, answered=40, pull=asked_by(agree=20)),
        Askable(3, answered=40, pull=asked_by(passed=35)),
    )
    chance = random.Random(1)
    asked = [next_card([new, old, passed], chance=chance) for _ in range(500)]
    assert asked.count(new) > asked.count(old) > asked.count(passed)
    assert next_card([]) is None


def test_who_asks_again_draws_the_same_so_that_nobody_counts_drawings():
    liked, unloved = (
        Askable(1, answered=40, pull=asked_by(agree=38)),
        Askable(2, answered=40, pull=asked_by(agree=4)),
    )
    for member in range(1, 20):
        drawn = {
            next_card([liked, unloved], chance=chance_of(1, member, 0)).number for _ in range(20)
        }
        assert len(drawn) == 1
    assert chance_of(1, 1, 0).random() != chance_of(1, 1, 1).random()
    by_visitors = [next_card([liked, unloved]).number for _ in range(400)]
    assert 140 < by_visitors.count(2) < 260  # six standard deviations of a fair coin


@pytest.mark.django_db
def test_she_is_asked_what_she_has_not_answered(malee, django_assert_num_queries):
    topic = make_topic(malee)
    first, second = make_statement(topic), make_statement(topic)
    make_statement(topic, looked=False)
    round_, who = make_round(topic), make_member()
    assert [each.number for each in unanswered(topic.pk, None)] == [first.number, second.number]
    vote(member=who, round_=round_, statement=first, choice=Answered.PASS)
    ballot = Ballot.objects.get()
    with django_assert_num_queries(1):
        (left,) = unanswered(topic.pk, ballot)
    assert left.number == second.number
