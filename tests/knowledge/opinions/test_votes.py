"""Ballots, and sets of people by what they said."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.knowledge.opinions.votes import Votes, indices, union

CAST = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 6), st.sampled_from((-1, 0, 1))), max_size=60
)


@given(CAST)
def test_each_set_holds_those_whose_last_vote_it_was(cast):
    votes = Votes.of(cast)
    last = {(person, statement): vote for person, statement, vote in cast}
    for sets, vote in ((votes.agree, 1), (votes.passed, 0), (votes.disagree, -1)):
        for statement in votes.statements:
            said = {
                person for (person, of), each in last.items() if of == statement and each == vote
            }
            assert set(votes.named(sets[statement])) == said


@given(CAST, st.randoms())
def test_the_order_of_people_and_statements_is_that_of_their_ids_whatever_the_votes_order(
    cast, chance
):
    last = [(*key, vote) for key, vote in {(p, s): v for p, s, v in cast}.items()]
    shuffled = list(last)
    chance.shuffle(shuffled)
    assert Votes.of(shuffled) == Votes.of(last)


def test_ballots_may_come_with_their_columns_in_any_order():
    votes = Votes.of_ballots({7: bytes([1, 2, 0]), 3: bytes([3, 0, 1])}, [20, 5, 11])
    assert (votes.people, votes.statements) == ((3, 7), (5, 11, 20))
    assert votes.ballots == (bytes([0, 1, 3]), bytes([2, 0, 1]))
    assert votes.named(votes.agree[20]) == (7,)
    assert votes.named(votes.disagree[5]) == (7,)
    assert votes.named(votes.passed[20]) == (3,)
    assert votes.answered() == [2, 2]


def test_who_has_no_vote_is_still_there():
    votes = Votes.of([(1, 1, 1)], people=[5], statements=[9])
    assert (votes.people, votes.statements) == ((1, 5), (1, 9))
    assert votes.answered() == [1, 0]
    assert votes.seen(9) == 0


def test_a_vote_that_is_none_is_refused():
    with pytest.raises(ValueError, match="2 is not a valid Vote"):
        Votes.of([(1, 1, 2)])


def test_without_some_people_it_is_as_if_they_had_never_voted():
    votes = Votes.of([(1, 1, 1), (2, 1, 1), (2, 2, -1), (3, 2, 0)])
    left = votes.without(votes.set_of([2, 99]))
    assert left.people == votes.people
    assert left.answered() == [1, 0, 1]
    assert left.named(left.agree[1]) == (1,)
    assert left.disagree[2] == 0


@given(st.sets(st.integers(0, 200)))
def test_the_places_of_bits_are_what_they_were_made_of(places):
    bits = union(1 << place for place in places)
    assert list(indices(bits)) == sorted(places)


def test_a_hundred_thousand_votes_are_as_many_in_the_sets():
    chance = random.Random(2)
    cast = [
        (chance.randrange(3000), chance.randrange(60), chance.choice((-1, 0, 1)))
        for _ in range(100_000)
    ]
    votes = Votes.of(cast)
    assert sum(votes.answered()) == len({(person, statement) for person, statement, _ in cast})
    assert sum(votes.seen(each).bit_count() for each in votes.statements) == sum(votes.answered())
