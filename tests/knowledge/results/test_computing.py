"""What is published follows from what is told, whatever the order of votes and the numbers people and networks have; and of a
vote alone it never moves."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from forums.knowledge.opinions.votes import CODES, Vote
from forums.knowledge.results.computing import CountedVotes, figures_of
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.results.marks import Marks
from forums.knowledge.results.told import IMPORTANT, Rows, ToldVotes

A, D, P = (CODES[vote] for vote in (Vote.AGREE, Vote.DISAGREE, Vote.PASS))
STATEMENTS = (3, 5, 8)
NETWORKS = (1, 2, 4)
ANSWERS = st.sampled_from([0, A, A, D, P, A | IMPORTANT])
ROW = st.tuples(*[ANSWERS for _ in STATEMENTS]).map(bytes)
# Ballots 0 to 23, each of one network; most networks are of five people and more.
VOTES = st.lists(st.tuples(st.sampled_from(NETWORKS), ROW), min_size=4, max_size=24).map(
    lambda rows: {(network, ballot): row for ballot, (network, row) in enumerate(rows)}
)


def told_of(rows: Rows) -> RoundFigures:
    return figures(ToldVotes().moved(ToldVotes(STATEMENTS, rows)))


def figures(told: ToldVotes, *, apart: int = 0) -> RoundFigures:
    return figures_of(
        CountedVotes.of(told, STATEMENTS),
        statements=STATEMENTS,
        networks=NETWORKS,
        marks=Marks(),
        told=told,
        apart=apart,
        map=None,
    )


@given(VOTES, st.randoms(use_true_random=False))
def test_the_order_of_votes_does_not_matter(rows, chance):
    shuffled = list(rows.items())
    chance.shuffle(shuffled)
    assert told_of(dict(shuffled)) == told_of(rows)


@given(VOTES, st.permutations(range(100, 124)))
def test_other_numbers_for_people_change_nothing(rows, numbers):
    renamed = {(network, numbers[ballot]): row for (network, ballot), row in rows.items()}
    assert told_of(renamed) == told_of(rows)


@given(VOTES, st.permutations(NETWORKS))
def test_other_numbers_for_networks_change_nothing_but_whose_figures_they_are(rows, others):
    name = dict(zip(NETWORKS, others, strict=True))
    renamed = {(name[network], ballot): row for (network, ballot), row in rows.items()}
    assert _named(told_of(renamed), {pk: pk for pk in NETWORKS}) == _named(told_of(rows), name)


def _named(told: RoundFigures, name: dict[int, int]) -> Any:
    """All of it, its networks called so, in no order."""
    parts = {replace(part, network=name[part.network]) for part in told.coverage}
    statements = [
        replace(
            each,
            shares=tuple(
                sorted(share._replace(network=name[share.network]) for share in each.shares)
            ),
            unheard=tuple(sorted(name[pk] for pk in each.unheard)),
        )
        for each in told.statements
    ]
    heard = {name[pk] for pk in told.heard}
    return told.people, heard, told.shown, parts, statements


@given(VOTES, st.sampled_from(NETWORKS), st.sampled_from(range(len(STATEMENTS))))
def test_one_more_who_agrees_never_lowers_what_her_network_is_said_to_agree(rows, network, at):
    """Also rounded: to whole steps of five in a hundred where few answered, in steps of one where many did."""
    before = told_of(rows).of(STATEMENTS[at])
    more = bytes(A if place == at else 0 for place in range(len(STATEMENTS)))
    after = told_of({**rows, (network, 99): more}).of(STATEMENTS[at])
    assert before
    assert after
    was, is_ = before.of(network), after.of(network)
    if was is not None:
        assert is_ is not None
        assert is_.people == was.people + 1
        assert (
            is_.agree >= was.agree or is_.people == 20
        )  # from then on it is said to one in a hundred


CHANGES = st.lists(st.tuples(st.integers(0, 23), st.sampled_from(NETWORKS), ROW), max_size=12)


@settings(max_examples=200)
@given(VOTES, st.lists(CHANGES, min_size=1, max_size=12))
def test_no_series_of_figures_moves_by_fewer_than_five_people(rows, stream):
    """Two that were published one after the other are the same to the letter, or five people of one network have
    answered the same statement otherwise: of one person's vote, and of four's, nothing can be subtracted."""
    told = ToldVotes().moved(ToldVotes(STATEMENTS, rows))
    for changes in stream:
        for ballot, network, row in changes:
            rows = {person: said for person, said in rows.items() if person[1] != ballot}
            if any(row):
                rows[network, ballot] = row
        after = told.moved(ToldVotes(STATEMENTS, rows))
        if figures(after) != figures(told):
            assert max(_moved(told.rows, after.rows).values()) >= 5
        told = after


def _moved(was: Rows, is_: Rows) -> dict[tuple[int, int], int]:
    """How many people of a network answer a statement otherwise."""
    nothing, found = bytes(len(STATEMENTS)), dict[tuple[int, int], int]()
    for person in {*was, *is_}:
        pair = zip(was.get(person, nothing), is_.get(person, nothing), strict=True)
        for at, (then, now) in enumerate(pair):
            found[person[0], at] = found.get((person[0], at), 0) + (then != now)
    return found


@given(VOTES, st.integers(0, 4))
def test_of_fewer_than_five_who_are_shown_apart_it_is_not_said_that_they_are(rows, apart):
    told = ToldVotes().moved(ToldVotes(STATEMENTS, rows))
    assert figures(told, apart=apart) == figures(told)
