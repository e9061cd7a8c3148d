"""What a statement is, by how groups answered it; the figures worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.knowledge.opinions.tallies import (
    Finding,
    Tally,
    common_ground,
    earns,
    keeps,
    spread,
    spreads,
)
from forums.knowledge.opinions.votes import Votes

COUNTS = st.builds(Tally, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
GROUPS = st.dictionaries(st.sampled_from("abcdef"), COUNTS, min_size=1, max_size=6)


def test_a_share_is_drawn_to_the_middle_while_few_answered():
    assert Tally().share == 0.5
    assert Tally(agree=1).share == pytest.approx(2 / 3)
    assert Tally(agree=8, disagree=1, passed=1).share == pytest.approx(9 / 12)


def test_common_ground_is_the_geometric_mean_so_that_two_groups_and_six_compare():
    assert common_ground([0.9, 0.4]) == pytest.approx(0.6)
    assert common_ground([0.93] * 6) == pytest.approx(0.93)
    assert common_ground([]) == 0


@pytest.mark.parametrize(
    ("tallies", "finding"),
    [
        ({"a": Tally(9, 1), "b": Tally(8, 2)}, Finding.SHARED),
        ({"a": Tally(9, 1), "b": Tally(2, 8)}, Finding.DIFFERS),
        ({"a": Tally(9, 1), "b": Tally(8, 2), "c": Tally(1, 9)}, Finding.DIFFERS),
        ({"a": Tally(5, 1, 4), "b": Tally(4, 1, 5)}, Finding.UNSURE),
        ({"a": Tally(3, 7), "b": Tally(4, 6)}, Finding.NEITHER),
        ({"a": Tally(9, 1), "b": Tally(4, 0)}, Finding.UNHEARD),
        ({"a": Tally(9, 1)}, Finding.UNHEARD),
        ({}, Finding.UNHEARD),
    ],
)
def test_a_statement_is_shared_differs_is_unsure_or_not_yet_heard(tallies, finding):
    assert spread(tallies).finding is finding


def test_a_group_of_whom_four_answered_says_nothing_yet():
    each = spread({"a": Tally(9, 1), "b": Tally(8, 2), "c": Tally(0, 4)})
    assert (each.heard, each.unheard, each.finding) == (("a", "b"), ("c",), Finding.SHARED)
    assert each.score == pytest.approx((10 / 12 * 9 / 12) ** 0.5)


@given(GROUPS, st.randoms())
def test_neither_the_order_nor_the_names_of_groups_change_anything(tallies, chance):
    before = spread(tallies)
    names = list(tallies)
    chance.shuffle(names)
    after = spread({f"was {name}": tallies[name] for name in names})
    assert after.finding is before.finding
    assert after.score == pytest.approx(before.score)
    assert after.gap == pytest.approx(before.gap)


@given(COUNTS)
def test_one_more_agree_never_lowers_a_groups_share(tally):
    more = Tally(tally.agree + 1, tally.disagree, tally.passed)
    assert more.share >= tally.share
    if tally.disagree:
        turned = Tally(tally.agree + 1, tally.disagree - 1, tally.passed)
        assert turned.share > tally.share


@given(GROUPS)
def test_what_earns_the_mark_may_keep_it(tallies):
    each = spread(tallies)
    if earns(each):
        assert each.finding is Finding.SHARED
        assert keeps(each)


def test_a_mark_is_earned_surely_and_lost_clearly():
    """7 of 10 agree: 8/12 ± 1.28 · 0.136 reaches below a half; 9 of 10 does not."""
    assert not earns(spread({"a": Tally(6, 4), "b": Tally(9, 1)}))
    assert earns(spread({"a": Tally(8, 2), "b": Tally(9, 1)}))
    assert not keeps(spread({"a": Tally(47, 51), "b": Tally(95, 3)}))
    assert keeps(spread({"a": Tally(47, 51), "b": Tally(60, 38)}))
    assert not keeps(spread({"a": Tally(40, 58), "b": Tally(60, 38)}))
    assert not keeps(spread({"a": Tally(9, 1), "b": Tally(4, 0)}))


def test_of_all_statements_each_groups_own_people_are_counted():
    votes = Votes.of([(1, 1, 1), (2, 1, -1), (3, 1, 0), (4, 2, 1)])
    said = spreads(votes, {"a": votes.set_of([1, 2]), "b": votes.set_of([3, 4])})
    assert said[1].tallies == {"a": Tally(1, 1, 0), "b": Tally(0, 0, 1)}
    assert said[2].tallies == {"a": Tally(), "b": Tally(1)}
