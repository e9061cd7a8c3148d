"""Which few statements are shown, and whom they reach."""

from itertools import combinations

import pytest

from forums.knowledge.opinions import groups as opinion_groups
from forums.knowledge.opinions.cover import coverage, covered, shown
from forums.knowledge.opinions.tallies import Finding, spreads
from forums.knowledge.opinions.votes import Votes, union
from tests.knowledge.opinions.conversations import PUBLISHED, camps, published


def two_groups(votes: Votes) -> dict[object, int]:
    return {camp: votes.set_of(votes.people[camp::2]) for camp in (0, 1)}


def reach(votes: Votes, statements, people: int) -> float:
    return covered(votes, statements, people).bit_count() / people.bit_count()


def test_of_two_much_shared_statements_with_the_same_people_one_is_enough():
    """Statements 1 and 2 are agreed to by the same sixteen; 3, by fewer, reaches the other four."""
    cast = [
        (person, statement, 1 if person < 16 else -1)
        for person in range(20)
        for statement in (1, 2)
    ]
    cast += [(person, 3, 1 if person >= 8 else -1) for person in range(20)]
    votes = Votes.of(cast)
    groups = two_groups(votes)
    few = shown(votes, spreads(votes, groups), union(groups.values()), count=2)
    assert few == [1, 3]
    assert coverage(votes, few, groups) == {0: 1, 1: 1}


def test_of_equal_ones_the_better_shared_stands_first():
    cast = [(person, statement, 1) for person in range(20) for statement in (1, 2, 3)]
    cast += [(20, 1, -1), (21, 1, -1), (20, 2, 1), (21, 2, 1)]
    votes = Votes.of(cast)
    groups = two_groups(votes)
    few = shown(votes, spreads(votes, groups), union(groups.values()))
    assert few[0] == 2


def test_nothing_is_shown_on_which_a_group_was_not_heard():
    cast = [(person, statement, 1) for person in range(20) for statement in (1, 2)]
    cast += [(person, 3, 1) for person in range(0, 20, 2)]
    votes = Votes.of(cast)
    groups = two_groups(votes)
    few = shown(votes, spreads(votes, groups), union(groups.values()))
    assert set(few) == {1, 2}
    assert shown(Votes.of([]), {}, 0) == []


def test_what_differs_is_shown_only_when_without_it_people_would_be_missing():
    """All agree to 1; to 2 one group does: nobody more is reached by it."""
    cast = [(person, 1, 1) for person in range(20)]
    cast += [(person, 2, 1 if person % 2 else -1) for person in range(20)]
    votes = Votes.of(cast)
    groups = two_groups(votes)
    assert shown(votes, spreads(votes, groups), union(groups.values())) == [1]
    # Half of one group agrees to nothing else.
    cast = [(person, 1, 1 if person % 4 else -1) for person in range(20)]
    cast += [(person, 2, -1 if person % 2 else 1) for person in range(20)]
    votes = Votes.of(cast)
    by = spreads(votes, two_groups(votes))
    assert by[2].finding is Finding.DIFFERS
    assert set(shown(votes, by, union(two_groups(votes).values()))) == {1, 2}


def test_coverage_is_of_those_of_a_group_who_voted():
    votes = Votes.of([(1, 1, 1), (2, 1, -1), (3, 2, 1)], people=[4])
    groups = {"a": votes.set_of([1, 2, 4]), "b": votes.set_of([3]), "c": votes.set_of([4])}
    assert coverage(votes, [1], groups) == {"a": 0.5, "b": 0}


def test_step_by_step_it_comes_near_what_the_best_three_could_reach():
    votes = camps(2, people=40, statements=12)
    groups = two_groups(votes)
    people = union(groups.values())
    by = spreads(votes, groups)
    best = max(reach(votes, three, people) for three in combinations(by, 3))
    assert reach(votes, shown(votes, by, people, count=3), people) >= 0.9 * best


@pytest.mark.parametrize("name", PUBLISHED)
def test_in_published_conversations_the_five_reach_as_many_as_any_five(name):
    of = published(name)
    votes = of.conversation.votes
    found = opinion_groups.find(
        votes, left_out=of.conversation.refused, counted=of.conversation.counted
    )
    groups = found.sets(votes)
    people = union(groups.values())
    by = {
        statement: each
        for statement, each in spreads(votes, groups).items()
        if statement not in of.conversation.refused
    }
    few = shown(votes, by, people)
    assert len(few) == 5
    assert all(tally.answered >= 5 for each in few for tally in by[each].tallies.values())
    # The greedy cover among all on which every group was heard.
    left, best = people, 0
    open_ = [each for each in by if not by[each].unheard]
    for _ in range(5):
        next_ = max(open_, key=lambda each: (votes.agree[each] & left).bit_count())
        best |= votes.agree[next_] & people
        left &= ~votes.agree[next_]
    assert reach(votes, few, people) >= 0.95 * best.bit_count() / people.bit_count()
