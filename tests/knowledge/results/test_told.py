"""What is told moves five people of a network at a time, whatever is voted and when."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from forums.knowledge.opinions.votes import CODES, Vote
from forums.knowledge.results.told import IMPORTANT, ToldVotes

A, D, P = (CODES[vote] for vote in (Vote.AGREE, Vote.DISAGREE, Vote.PASS))


def rows(network: int, ballots, *answers: int) -> dict:
    return {(network, ballot): bytes(answers) for ballot in ballots}


def test_nothing_of_fewer_than_five_is_told():
    assert ToldVotes().moved(ToldVotes((7,), rows(1, range(4), A))).rows == {}
    assert len(ToldVotes().moved(ToldVotes((7,), rows(1, range(5), A))).rows) == 5


def test_a_statement_of_a_network_waits_until_five_of_its_people_answer_otherwise():
    told = ToldVotes().moved(ToldVotes((7,), rows(1, range(6), A)))
    four_more = ToldVotes((7,), rows(1, range(10), A))
    assert told.moved(four_more) == told
    with_one_who_changed = ToldVotes((7,), {**four_more.rows, (1, 0): bytes([D])})
    assert told.moved(with_one_who_changed) == with_one_who_changed


def test_whoever_changes_to_and_fro_has_changed_nothing():
    told = ToldVotes().moved(ToldVotes((7,), rows(1, range(6), A)))
    assert told.moved(ToldVotes((7,), rows(1, range(6), A))) == told


def test_each_statement_and_each_network_waits_by_itself():
    told = ToldVotes().moved(ToldVotes((7,), rows(1, range(6), A) | rows(2, range(10, 16), D)))
    now = ToldVotes((7, 9), rows(1, range(6), A, P) | rows(2, range(10, 14), D, P))
    assert told.moved(now).rows == {
        **rows(1, range(6), A, P),
        **rows(2, range(10, 16), D, 0),
    }


def test_who_left_is_told_until_five_have_and_of_a_few_who_stay_nothing_is():
    told = ToldVotes().moved(ToldVotes((7,), rows(1, range(8), A)))
    assert told.moved(ToldVotes((7,), rows(1, range(4, 8), A))) == told
    assert told.moved(ToldVotes((7,), rows(1, range(5, 8), A))).rows == {}


def test_who_counts_for_another_network_now_is_never_told_in_two():
    told = ToldVotes().moved(ToldVotes((7,), rows(1, range(6), A) | rows(2, range(10, 16), A)))
    moved = ToldVotes((7,), rows(1, range(1, 6), A) | rows(2, [0, *range(10, 21)], A))
    after = told.moved(moved)
    assert {(network, ballot) for network, ballot in after.rows if ballot == 0} == {(1, 0)}
    assert len(after.rows) == 6 + 11


def test_what_is_stored_is_read_as_it_was():
    told = ToldVotes((7, 9), rows(3, range(5), A | IMPORTANT, P))
    assert ToldVotes.from_json(json.loads(json.dumps(told.to_json()))) == told
    assert told.important([7, 9]) == {7: 0b11111, 9: 0}
    assert told.votes([9]).passed == {9: 0b11111}


STATEMENTS = (1, 2, 3)
answers = st.sampled_from([0, A, D, P, A | IMPORTANT])
ballot = st.tuples(
    st.integers(0, 15), st.sampled_from([1, 2]), st.tuples(answers, answers, answers)
)
# A moment: whose ballots say something else now; one of no answer at all has left.
moments = st.lists(st.lists(ballot, max_size=8), min_size=2, max_size=25)


@settings(max_examples=300, deadline=None)
@given(moments)
def test_no_two_moments_differ_by_fewer_than_five_people_of_a_network(stream):
    told, now = ToldVotes(), {}
    for changes in stream:
        for number, network, said in changes:
            now = {person: row for person, row in now.items() if person[1] != number}
            if any(said):
                now[network, number] = bytes(said)
        after = told.moved(ToldVotes(STATEMENTS, dict(now)))
        for at in range(len(STATEMENTS)):
            for network in (1, 2):
                was, is_ = (
                    {
                        person: row[at]
                        for person, row in (each.rows.items() if each.statements else ())
                        if person[0] == network and row[at]
                    }
                    for each in (told, after)
                )
                assert not is_ or len(is_) >= 5
                if was != is_:
                    moved = [p for p in {*was, *is_} if was.get(p) != is_.get(p)]
                    assert len(moved) >= 5
            told_twice = [ballot for (_, ballot), row in after.rows.items() if row[at]]
            assert len(told_twice) == len(set(told_twice))
        told = after
