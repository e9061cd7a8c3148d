"""Groups of opinion: as Pol.is finds them, and the same however the votes come."""

import random

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from forums.knowledge.opinions.groups import find
from forums.knowledge.opinions.votes import Votes
from tests.knowledge.opinions.conversations import PUBLISHED, camps, published


def agreement(one: dict[int, object], other: dict[int, object]) -> float:
    both = sorted(set(one) & set(other))
    return adjusted_rand_score(
        [str(one[each]) for each in both], [str(other[each]) for each in both]
    )


def cast_of(votes: Votes) -> list[tuple[int, int, int]]:
    return [
        (person, statement, vote)
        for vote, sets in ((1, votes.agree), (-1, votes.disagree), (0, votes.passed))
        for statement in votes.statements
        for person in votes.named(sets[statement])
    ]


@pytest.mark.parametrize("count", [2, 3])
def test_made_camps_are_found(count):
    votes = camps(count, people=120, statements=40)
    found = find(votes)
    assert found.count == count
    assert agreement(found.of, {person: person % count for person in votes.people}) > 0.9


def test_two_questions_that_have_nothing_to_do_with_each_other_make_four_groups():
    chance = random.Random(6)
    votes = Votes.of(
        (
            person,
            statement,
            (1 if person >> (statement % 2) & 1 else -1) * chance.choice((1, 1, 1, 1, 0)),
        )
        for person in range(120)
        for statement in range(30)
    )
    found = find(votes)
    assert found.count == 4
    assert agreement(found.of, {person: person % 4 for person in votes.people}) > 0.95


def test_groups_are_numbered_by_size_the_largest_first():
    minds = {0: 1, 1: -1}
    chance = random.Random(4)
    votes = Votes.of(
        (
            person,
            statement,
            minds[person % 5 == 0] * chance.choice((1, 1, 1, 0)) * (1 if statement % 2 else -1),
        )
        for person in range(100)
        for statement in range(20)
    )
    found = find(votes)
    sizes = [list(found.of.values()).count(group) for group in range(found.count)]
    assert sizes == sorted(sizes, reverse=True) == [80, 20]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("brexit-consensus", 0.85),
        ("scoop-hivemind.taxes", 0.9),
        ("austria-climate.7z7ejpbmv5", 0.8),
    ],
)
def test_in_published_conversations_they_are_those_of_pol_is(name, least):
    of = published(name)
    found = find(
        of.conversation.votes, left_out=of.conversation.refused, counted=of.conversation.counted
    )
    assert set(found.of) == set(of.groups)
    assert agreement(found.of, of.groups) >= least


@pytest.mark.parametrize("name", PUBLISHED)
def test_everybody_whom_pol_is_counted_is_in_one_group(name):
    of = published(name)
    found = find(
        of.conversation.votes, left_out=of.conversation.refused, counted=of.conversation.counted
    )
    assert set(found.of) == set(of.groups)
    assert sum(people.bit_count() for people in found.sets(of.conversation.votes).values()) == len(
        of.groups
    )


def test_the_same_votes_shuffled_give_the_same_answer_twenty_times():
    votes = published("brexit-consensus").conversation.votes
    first, cast = find(votes), cast_of(votes)
    for seed in range(20):
        random.Random(seed).shuffle(cast)
        assert find(Votes.of(cast)) == first


def test_new_numbers_for_people_and_statements_change_nothing():
    votes = published("brexit-consensus").conversation.votes
    before = find(votes)
    people, statements = list(votes.people), list(votes.statements)
    random.Random(1).shuffle(people)
    random.Random(2).shuffle(statements)
    called = dict(zip(votes.people, people, strict=True))
    named = dict(zip(votes.statements, statements, strict=True))
    after = find(Votes.of((called[p], named[s], vote) for p, s, vote in cast_of(votes)))
    assert after.count == before.count
    assert {person: after.of[called[person]] for person in before.of} == before.of


@pytest.mark.parametrize("cast", [[], [(1, 1, 1)], [(p, 1, 1) for p in range(40)]])
def test_of_too_few_votes_no_groups_are_made(cast):
    assert find(Votes.of(cast)).of == {}


def test_people_who_all_say_the_same_are_one_group():
    votes = Votes.of((person, statement, 1) for person in range(30) for statement in range(9))
    assert set(find(votes).of.values()) == {0}


def test_more_statements_than_people_are_no_trouble():
    votes = camps(2, people=30, statements=90)
    found = find(votes)
    assert agreement(found.of, {person: person % 2 for person in votes.people}) > 0.9
    assert len(found.axes) == 90


def test_where_people_stand_is_what_red_dwarf_finds():
    reduced = pytest.importorskip("reddwarf.utils.reducer.base")
    of = published("brexit-consensus")
    votes = of.conversation.votes
    said = {1: 1.0, 2: -1.0, 3: 0.0, 0: float("nan")}
    matrix = np.array([[said[code] for code in ballot] for ballot in votes.ballots])
    theirs, _, _ = reduced.run_reducer(matrix, random_state=1)
    at = {person: theirs[index] for index, person in enumerate(votes.people)}
    ours = find(votes).place
    for axis in (0, 1):
        pairs = [(ours[person][axis], float(at[person][axis])) for person in ours]
        sign = 1 if sum(one * other for one, other in pairs) > 0 else -1
        assert [one for one, _ in pairs] == pytest.approx(
            [sign * other for _, other in pairs], abs=1e-6
        )
