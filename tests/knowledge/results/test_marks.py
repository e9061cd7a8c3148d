"""Marks from one run to the next, and who had said what when one was shown."""

import json

import pytest

from forums.knowledge.opinions.replay import WAIT
from forums.knowledge.opinions.tallies import spreads
from forums.knowledge.opinions.votes import CODES, Vote
from forums.knowledge.results.marks import Marks
from forums.knowledge.results.told import IMPORTANT, ToldVotes

A, D = CODES[Vote.AGREE], CODES[Vote.DISAGREE]
NETWORKS, PEOPLE = (1, 2), 20


@pytest.fixture
def told() -> ToldVotes:
    """Two networks of twenty; all agree to 7, half of them to 9."""
    return ToldVotes(
        (7, 9),
        {
            (network, 100 * network + person): bytes([A | IMPORTANT, A if person % 2 else D])
            for network in NETWORKS
            for person in range(PEOPLE)
        },
    )


def gone_on(marks: Marks, told: ToldVotes, now: float, *, final: bool = False) -> Marks:
    votes = told.votes(told.statements)
    return marks.go_on(spreads(votes, told.networks(votes)), told, now, final=final)


def test_what_was_said_when_a_mark_was_shown_is_kept_of_marked_statements_alone(told):
    first = gone_on(Marks(), told, 0)
    assert (first.before.statements, first.before.rows) == ((), {})
    shown = gone_on(first, told, WAIT)
    assert [statement for statement, mark in shown.of.items() if mark.course.shown] == [7]
    assert shown.before.statements == (7,)
    assert shown.before.rows == {person: bytes([A]) for person in told.rows}


def test_of_those_who_had_answered_then_who_changed_or_left_is_no_more_among_them(told):
    marks = gone_on(gone_on(Marks(), told, 0), told, WAIT)
    rows = {person: row for person, row in told.rows.items() if person != (1, 100)}
    rows |= {(1, 101): bytes([D, A]), (1, 500): bytes([A, A])}
    later = ToldVotes((5, 7, 9), {person: b"\0" + row for person, row in rows.items()})
    marks = gone_on(marks, later, WAIT + 60)
    assert (1, 500) not in marks.before.rows
    still = later.still(marks.before)
    agreed = {later.people[index] for index in still.named(still.agree[7])}
    assert agreed == {*told.rows} - {(1, 100), (1, 101)}


def test_when_the_round_is_over_what_waits_need_not(told):
    assert gone_on(gone_on(Marks(), told, 0), told, 60, final=True).before.statements == (7,)


def test_a_mark_that_is_taken_back_forgets_who_had_said_what(told):
    marks = gone_on(gone_on(Marks(), told, 0), told, WAIT)
    turned = ToldVotes((7,), {person: bytes([D]) for person in told.rows})
    for now in (2 * WAIT, 3 * WAIT):
        marks = gone_on(marks, turned, now)
    assert (marks.before.statements, marks.before.rows) == ((), {})


def test_they_are_stored_with_a_letter_a_person_and_read_as_they_were(told):
    marks = gone_on(gone_on(Marks(), told, 0), told, WAIT)
    stored = json.loads(json.dumps(marks.to_json()))
    assert {row[2] for row in stored["before"]["rows"]} == {str(A)}
    again = Marks.from_json(stored)
    assert again.before == marks.before
    assert again.of == {7: marks.of[7]}
