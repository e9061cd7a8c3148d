"""Which statements tell a group from the others."""

import random

import pytest

from forums.knowledge.opinions.typical import one_share, two_shares, typical
from forums.knowledge.opinions.votes import Votes
from tests.knowledge.opinions.conversations import published


def test_the_tests_are_those_of_the_formulas_by_hand():
    # 2·√11·(9/11 − 1/2)
    assert one_share(8, 10) == pytest.approx(2.1106, abs=1e-4)
    assert one_share(0, 0) == pytest.approx(1.0)
    # 9/11 here, 3/11 there, 12/22 pooled
    assert two_shares(8, 2, 10, 10) == pytest.approx(2.5690, abs=1e-4)
    assert two_shares(3, 3, 3, 3) == 0


def test_a_group_is_told_by_what_it_says_and_the_others_do_not():
    cast = [(p, 1, 1 if p < 20 else -1) for p in range(60)] + [(p, 2, 1) for p in range(60)]
    votes = Votes.of(cast)
    groups = {"a": votes.set_of(range(20)), "b": votes.set_of(range(20, 60))}
    said = typical(votes, groups, votes.statements)
    assert [(each.statement, each.agrees) for each in said["a"]] == [(1, True)]
    assert [(each.statement, each.agrees) for each in said["b"]] == [(1, False)]
    assert said["a"][0].ratio == pytest.approx((21 / 22) / (1 / 42))


def test_of_votes_by_chance_almost_nothing_is_typical():
    """Two hundred statements, no camp at all: the usual tests alone would call one in ten typical of each."""
    told = 0
    for seed in range(5):
        chance = random.Random(seed)
        votes = Votes.of((p, s, chance.choice((1, -1))) for p in range(80) for s in range(200))
        groups = {"a": votes.set_of(range(40)), "b": votes.set_of(range(40, 80))}
        told += sum(
            len(some) for some in typical(votes, groups, votes.statements, count=200).values()
        )
    assert told <= 10


def test_a_group_of_whom_few_answered_is_told_by_nothing():
    votes = Votes.of([(p, 1, 1) for p in range(4)] + [(p, 1, -1) for p in range(10, 60)])
    groups = {"a": votes.set_of(range(4)), "b": votes.set_of(range(10, 60))}
    assert typical(votes, groups, [1])["a"] == []


def test_the_strengths_are_those_of_red_dwarf_on_a_published_conversation():
    stats = pytest.importorskip("reddwarf.utils.stats")
    of = published("brexit-consensus")
    votes = of.conversation.votes
    for statement in votes.statements[:10]:
        group = votes.set_of([person for person, camp in of.groups.items() if camp == "0"])
        agreed, seen = (
            (votes.agree[statement] & group).bit_count(),
            (votes.seen(statement) & group).bit_count(),
        )
        assert one_share(agreed, seen) == pytest.approx(
            float(stats.one_prop_test(agreed, seen)), abs=1e-6
        )
