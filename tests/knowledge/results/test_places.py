"""The map holds groups of five and more, and nobody's place."""

from collections import Counter
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from forums.knowledge.results.computing import CountedVotes
from forums.knowledge.results.figures import EDGE
from forums.knowledge.results.places import (
    CELLS,
    MARGIN,
    MOST_DOTS,
    hull,
    near_each_other,
    opinions,
)
from forums.knowledge.results.told import ToldVotes
from tests.knowledge.opinions.conversations import camps


def counted(people: int) -> CountedVotes:
    votes = camps(2, people=people, statements=20)
    told = ToldVotes(
        votes.statements,
        {(1 + person % 3, person): row for person, row in enumerate(votes.ballots)},
    )
    return CountedVotes.of(told, votes.statements)


def test_groups_are_told_with_their_networks_and_what_is_typical():
    found = opinions(counted(60)).map
    assert len(found.groups) == 2
    assert sum(each.people for each in found.groups) == 60
    for network in range(3):
        assert sum(each.networks[network].percent for each in found.groups) == 100
    assert any(each.typical for each in found.groups)


def test_dots_are_for_persons_from_fifty_on():
    assert opinions(counted(48)).map.dots == ()
    dots = opinions(counted(60)).map.dots
    assert len(dots) == 60
    assert max(max(abs(x), abs(y)) for x, y, _group in dots) <= EDGE
    in_groups = Counter(group for _x, _y, group in dots)
    assert [in_groups[at] for at in (0, 1)] == [
        each.people for each in opinions(counted(60)).map.groups
    ]


def test_of_very_many_no_more_dots_are_told_than_a_map_draws():
    found = opinions(counted(900)).map
    assert sum(group.people for group in found.groups) == 900
    assert MOST_DOTS / 2 < len(found.dots) <= MOST_DOTS


def test_no_dot_stands_where_somebody_alone_stands():
    """Among few statements a place is a ballot: of each dot at least four others say the same."""
    rows = {(1 + at % 2, at): bytes(2 if at % 2 else 1 for _ in range(5)) for at in range(58)}
    rows |= {(1, 58 + at): bytes([1, 1, 2, 2, 1 + at]) for at in range(2)}
    told = ToldVotes((1, 2, 3, 4, 5), rows)
    found = opinions(CountedVotes.of(told, told.statements)).map
    assert len(found.dots) == 60
    for votes in ((1, 1, -1, -1, 1), (1, 1, -1, -1, -1)):
        x, y = found.place(dict(enumerate(votes, 1)))
        assert min(hypot(x - dot, y - down) for dot, down, _group in found.dots) > 1 / CELLS


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=5, max_size=60))
def test_dots_are_middles_of_five_whatever_the_order(some):
    dots = near_each_other(some)
    assert len(dots) == len(some)
    assert dots == near_each_other(some[::-1])


def test_of_fewer_than_fifteen_there_is_no_map():
    assert opinions(counted(14)).map is None


def test_the_same_votes_give_the_same_map():
    assert opinions(counted(60)) == opinions(counted(60))


points = st.lists(
    st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=5, max_size=40, unique=True
)


@settings(max_examples=100, deadline=None)
@given(points)
def test_one_who_stands_far_out_moves_no_side_as_far_as_she_stands(some):
    """Where one goes ten times as far, no corner follows her: four others of her side hold it."""
    crowd = [(x / 10, y / 10) for x, y in some]
    far = hull([*crowd, (1.0, 0.0)])
    assert max(x for x, _y in far) <= 0.3 + 0.1 + MARGIN + 1 / CELLS
    assert all(hypot(*corner) < 1 for corner in far)


@settings(max_examples=100, deadline=None)
@given(points)
def test_a_shape_is_convex_on_its_grid_too(some):
    corners = hull(some)
    after, next_but_one = (*corners[1:], *corners[:1]), (*corners[2:], *corners[:2])
    for (x, y), (to_x, to_y), (on_x, on_y) in zip(corners, after, next_but_one, strict=True):
        assert (to_x - x) * (on_y - to_y) - (to_y - y) * (on_x - to_x) > 0
