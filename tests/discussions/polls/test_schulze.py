"""Schulze's method against elections worked by hand, and what must hold of any."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.discussions.polls.models import PollKind
from forums.discussions.polls.schulze import places, strongest_paths
from forums.discussions.polls.tallies import counted

# 45 voters, five options: Schulze's own example (2011, section 3.2), E > A > C > B > D.
FORTY_FIVE = [
    (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC"),
]  # fmt: skip


def ballots(*groups: tuple[int, str], options: str = "ABCDE") -> list[list[int]]:
    return [
        [order.index(option) + 1 for option in options]
        for count, order in groups
        for _n in range(count)
    ]


def pairs(of: list[list[int]]) -> list[list[int]]:
    size = len(of[0])
    tally = counted(PollKind.RANKED, of)
    return [tally[size * row : size * row + size] for row in range(size)]


def test_the_forty_five_voters_of_schulzes_paper():
    found = pairs(ballots(*FORTY_FIVE))
    assert found[0] == [0, 20, 26, 30, 22]  # A before B, C, D, E
    assert strongest_paths(found) == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]
    assert places(found) == [2, 4, 3, 5, 1]


def test_who_wins_each_comparison_comes_first():
    # 4 ABC, 3 BCA, 2 CBA: B before A 5 to 4 and before C 7 to 2; C before A 5 to 4.
    assert places(pairs(ballots((4, "ABC"), (3, "BCA"), (2, "CBA"), options="ABC"))) == [3, 1, 2]


def test_a_circle_of_equals_is_a_tie():
    found = pairs(ballots((1, "ABC"), (1, "BCA"), (1, "CAB"), options="ABC"))
    assert places(found) == [1, 1, 1]


def test_a_circle_is_cut_at_its_weakest_link():
    # A > B by 7, B > C by 6, C > A by 5 of 9: C > A is the weakest.
    found = pairs(ballots((4, "ABC"), (3, "BCA"), (2, "CAB"), options="ABC"))
    assert (found[0][1], found[1][2], found[2][0]) == (6, 7, 5)
    assert places(found) == [1, 2, 3]


def test_all_equal_says_nothing():
    assert places(pairs([[1, 1, 1], [2, 2, 2]])) == [1, 1, 1]
    assert places([[0, 0], [0, 0]]) == [1, 1]


def test_what_has_no_rank_comes_last():
    assert places(pairs([[1, 0, 0]])) == [1, 2, 2]


RANKS = st.integers(2, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, size), min_size=size, max_size=size), min_size=1, max_size=12
    )
)


@given(RANKS, st.randoms())
def test_the_order_of_ballots_does_not_matter(of, chance):
    shuffled = list(of)
    chance.shuffle(shuffled)
    assert places(pairs(shuffled)) == places(pairs(of))


@given(RANKS)
def test_other_names_for_the_options_change_nothing(of):
    before = places(pairs(of))
    for order in list(permutations(range(len(of[0]))))[:6]:
        renamed = places(pairs([[marks[at] for at in order] for marks in of]))
        assert renamed == [before[at] for at in order]


@given(RANKS, st.data())
def test_raising_an_option_never_lowers_its_place(of, data):
    size = len(of[0])
    chosen = data.draw(st.integers(0, size - 1))
    before = places(pairs(of))
    ranks = [mark or size + 1 for mark in of[0]]
    # On one ballot before all others, which stay as they are to one another.
    raised = [1 if at == chosen else min(rank + 1, size + 2) for at, rank in enumerate(ranks)]
    order = sorted(set(raised))
    raised = [order.index(rank) + 1 for rank in raised]
    assert places(pairs([raised, *of[1:]]))[chosen] <= before[chosen]


@given(RANKS)
def test_who_beats_all_others_one_by_one_is_alone_in_front(of):
    found = pairs(of)
    options = range(len(found))
    for one in options:
        if all(found[one][other] > found[other][one] for other in options if other != one):
            assert [at + 1 for at, place in enumerate(places(found)) if place == 1] == [one + 1]


@pytest.mark.parametrize("size", [2, 20])
def test_the_places_of_many_options(size):
    of = [list(range(1, size + 1))] * 3
    assert places(pairs(of)) == list(range(1, size + 1))
