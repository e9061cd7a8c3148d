"""Rows of an export are true of networks and groups, and of nobody."""

import random
from collections import Counter

import pytest

from forums.knowledge.opinions.groups import find
from forums.knowledge.opinions.votes import CODES, Votes
from forums.knowledge.results.dealing import NO_GROUP, dealt
from forums.knowledge.results.told import ToldVotes
from tests.knowledge.opinions.conversations import camps
from tests.knowledge.opinions.test_groups import agreement


@pytest.fixture(scope="module")
def told() -> ToldVotes:
    """Ninety people of three networks and two camps, camps across networks."""
    votes = camps(2, people=90, statements=24)
    return ToldVotes(
        votes.statements,
        {(1 + person % 3, person): row for person, row in enumerate(votes.ballots)},
    )


@pytest.fixture(scope="module")
def groups(told) -> dict[int, int]:
    return {index: ballot % 2 for index, (_network, ballot) in enumerate(told.people)}


def counts(rows, column: int) -> Counter:
    return Counter((network, group, answers[column]) for network, group, answers in rows)


def test_each_network_and_group_answered_as_it_did(told, groups):
    made = dealt(told, groups, chance=random.Random(1))
    as_they_are = [
        [network, groups[index], "".join(map(str, told.rows[network, ballot]))]
        for index, (network, ballot) in enumerate(told.people)
    ]
    assert made["statements"] == list(told.statements)
    for column in range(len(told.statements)):
        assert counts(made["rows"], column) == counts(as_they_are, column)


def test_no_row_is_a_ballot_and_two_draws_have_none_in_common(told, groups):
    one, other = (dealt(told, groups, chance=random.Random(seed))["rows"] for seed in (1, 2))
    ballots = {"".join(map(str, row)) for row in told.rows.values()}
    assert not ballots & {answers for *_who, answers in one}
    assert not {answers for *_who, answers in one} & {answers for *_who, answers in other}


def test_what_a_few_of_a_group_answered_is_dealt_among_more_of_their_network():
    """Of group 1 two answered: their answers may lie with anybody of the network."""
    agree, disagree = CODES[1], CODES[-1]
    rows = {(7, ballot): bytes([agree]) for ballot in range(20)}
    rows |= {(7, ballot): bytes([disagree if ballot < 22 else 0]) for ballot in range(20, 40)}
    groups = {index: index // 20 for index in range(40)}
    found = {
        group
        for seed in range(20)
        for _network, group, answer in dealt(
            ToldVotes((3,), rows), groups, chance=random.Random(seed)
        )["rows"]
        if answer == str(disagree)
    }
    assert found == {0, 1}


def test_the_same_groups_are_found_in_the_rows(told):
    votes = told.votes(told.statements)
    before = find(votes)
    made = dealt(told, before.of, chance=random.Random(3))["rows"]
    rows = {number: bytes(map(int, answers)) for number, (_n, _g, answers) in enumerate(made)}
    after = find(Votes.of_ballots(rows, told.statements))
    said = {number: group for number, (_n, group, _a) in enumerate(made) if group != NO_GROUP}
    assert after.count == before.count
    assert agreement(after.of, said) > 0.9
