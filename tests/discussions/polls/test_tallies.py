"""What ballots say together."""

from hypothesis import given
from hypothesis import strategies as st

from forums.discussions.polls.models import PollKind
from forums.discussions.polls.tallies import added, counted, is_level, moved

MARKS = {PollKind.ONE: 1, PollKind.SEVERAL: 1, PollKind.DATE: 2, PollKind.RANKED: 4}
KINDS = st.sampled_from(list(MARKS))


def ballots(kind: str):
    marks = st.lists(st.integers(0, MARKS[PollKind(kind)]), min_size=4, max_size=4)
    return st.lists(marks, min_size=2, max_size=8)


@given(KINDS.flatmap(lambda kind: st.tuples(st.just(kind), ballots(kind))))
def test_what_is_changed_and_taken_back_counts_as_if_it_had_never_been(of):
    kind, cast = of
    tally = counted(kind, cast[1:])
    there = moved(kind, tally, after=cast[0])
    assert there == counted(kind, cast)
    assert moved(kind, there, before=cast[0]) == tally
    assert moved(kind, there, before=cast[0], after=cast[1]) == counted(kind, [cast[1], *cast[1:]])


@given(KINDS.flatmap(lambda kind: st.tuples(st.just(kind), ballots(kind), st.randoms())))
def test_the_order_of_answers_does_not_matter(of):
    kind, cast, chance = of
    before = counted(kind, cast)
    chance.shuffle(cast)
    assert counted(kind, cast) == before


def test_what_each_kind_adds():
    assert added(PollKind.SEVERAL, [1, 0, 1]) == [1, 0, 1]
    assert added(PollKind.DATE, [2, 1, 0]) == [1, 0, 0, 0, 1, 0]
    assert added(PollKind.RANKED, [1, 2]) == [0, 1, 0, 0]
    assert added(PollKind.RANKED, [0, 2]) == [0, 0, 1, 0]  # without a rank it comes last


def test_a_ranking_that_says_nothing_is_known():
    assert is_level([3, 3, 3])
    assert not is_level([1, 0, 0])
