"""The map holds groups of five and more, and nobody's place."""

from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from forums.knowledge.results.computing import CountedVotes
from forums.knowledge.results.figures import EDGE
from forums.knowledge.results.places import CELLS, MARGIN, hull, opinions
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


def test_dots_are_for_persons_from_fifty_on_and_lie_on_a_grid():
    assert opinions(counted(48)).map.dots == ()
    dots = opinions(counted(60)).map.dots
    assert len(dots) == 60
    assert all((x * CELLS) % 1 == (y * CELLS) % 1 == 0 for x, y, _group in dots)
    assert max(max(abs(x), abs(y)) for x, y, _group in dots) == EDGE


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
