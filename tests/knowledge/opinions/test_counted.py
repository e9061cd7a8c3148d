"""Whose votes count."""

import pytest

from forums.knowledge.opinions.counted import most_active, repeated, who_counts
from forums.knowledge.opinions.votes import Votes
from tests.knowledge.opinions.conversations import PUBLISHED, published


def test_who_answered_seven_statements_counts():
    cast = [(person, statement, 1) for person in range(20) for statement in range(7)]
    cast += [(30, statement, 1) for statement in range(6)]
    votes = Votes.of(cast)
    assert votes.named(who_counts(votes)) == tuple(range(20))


def test_where_there_are_fewer_statements_all_of_them_are_enough():
    cast = [(person, statement, 1) for person in range(20) for statement in range(3)]
    votes = Votes.of([*cast, (30, 0, 1), (30, 1, 1)])
    assert votes.named(who_counts(votes)) == tuple(range(20))


def test_up_to_fifteen_people_those_who_answered_most_are_taken_too():
    cast = [(1, statement, 1) for statement in range(7)]
    cast += [
        (person, statement, 1) for person in range(2, 22) for statement in range(1 + (person > 10))
    ]
    votes = Votes.of(cast)
    counted = votes.named(who_counts(votes))
    assert len(counted) == 15
    assert set(range(11, 22)) | {1} <= set(counted)
    assert set(counted) - set(range(11, 22)) == {1, 2, 3, 4}


def test_who_answered_nothing_never_counts():
    votes = Votes.of([(1, 1, 1)], people=range(30))
    assert votes.named(who_counts(votes)) == (1,)


@pytest.mark.parametrize("name", PUBLISHED)
def test_an_export_says_itself_whom_pol_is_counted(name):
    of = published(name)
    assert set(of.conversation.votes.named(of.conversation.counted)) == set(of.groups)


def test_by_the_rule_alone_those_count_whom_pol_is_counted_but_for_what_it_remembers():
    """It keeps whom it once counted, by rules of its day; nobody whom the rule counts was left out."""
    for name in PUBLISHED:
        of = published(name)
        counted = set(of.conversation.votes.named(who_counts(of.conversation.votes)))
        assert counted <= set(of.groups)
    of = published("austria-climate.7z7ejpbmv5")
    assert set(of.conversation.votes.named(who_counts(of.conversation.votes))) == set(of.groups)


def test_of_the_same_ballots_in_a_group_one_stays():
    same = [(person, statement, 1) for person in (1, 2, 3, 9) for statement in (1, 2)]
    votes = Votes.of([*same, (4, 1, 1), (5, 1, 1), (5, 2, -1)])
    groups = [votes.set_of([1, 2, 3, 4, 5]), votes.set_of([9])]
    assert votes.named(repeated(votes, groups)) == (2, 3)


def test_the_most_active_are_those_above_all_but_a_few():
    cast = [(person, statement, 1) for person in range(10) for statement in range(person + 1)]
    votes = Votes.of(cast)
    everybody = votes.set_of(range(10))
    assert votes.named(most_active(votes, everybody, count=3)) == (7, 8, 9)
    assert most_active(votes, votes.set_of([1, 2, 3]), count=3) == 0


def test_of_equally_active_ones_none_is_told_apart():
    cast = [(person, statement, 1) for person in range(30) for statement in range(5)]
    votes = Votes.of([*cast, (3, 9, 1), (8, 9, 1)])
    assert votes.named(most_active(votes, votes.set_of(range(30)), count=5)) == (3, 8)
