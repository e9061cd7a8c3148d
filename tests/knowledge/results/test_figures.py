"""What is told of a round, stored and read again."""

import json

import pytest

from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.results.figures import (
    NetworkPart,
    NetworkShare,
    OpinionGroup,
    OpinionMap,
    RoundFigures,
    StatementFigures,
    part_found,
)


@pytest.mark.parametrize(
    ("count", "people", "told"),
    [(5, 5, 90), (4, 5, 90), (3, 5, 50), (6, 6, 85), (4, 6, 85), (0, 6, 10), (12, 13, 95)],
)
def test_who_finds_herself_is_told_by_pairs_of_few_people(count, people, told):
    """Six who answered, one of them just one statement: all but her in the sum, and it is read how she voted."""
    assert part_found(count, people) == told


def test_of_twenty_who_find_themselves_it_is_told_to_the_percent():
    assert (part_found(20, 20), part_found(17, 23), part_found(0, 0)) == (100, 74, 0)


SHARES = (NetworkShare(1, 23, 85, 10, 5, 40), NetworkShare(2, 16, 45, 45, 10))
FIGURES = RoundFigures(
    people=39,
    apart=4,
    heard=(1, 2),
    unheard=(3,),
    statements=(
        StatementFigures(7, Finding.SHARED, SHARES, (3,), "fragile", ("without_a_group",), "2026"),
        StatementFigures(9, Finding.DIFFERS, SHARES),
    ),
    shown=(7,),
    coverage=(NetworkPart(1, 95, 23),),
    map=OpinionMap(
        groups=(OpinionGroup(20, (NetworkPart(1, 80, 23),), ((7, True),), (0.5, -0.5), ((0, 0),)),),
        dots=((0.1, 0.2, 0),),
        axes=((7, 1.0, 0.0, 0.5), (9, 0.0, 1.0, 0.0)),
    ),
)


def test_what_is_stored_is_read_as_it_was():
    assert RoundFigures.from_json(json.loads(json.dumps(FIGURES.to_json()))) == FIGURES


def test_a_statement_is_found_by_its_id_and_by_its_finding():
    assert FIGURES.of(9).finding is Finding.DIFFERS
    assert FIGURES.of(8) is None
    assert [each.statement for each in FIGURES.found(Finding.SHARED)] == [7]
    assert FIGURES.of(7).of(2).is_about
    assert not FIGURES.of(7).of(1).is_about


def test_a_readers_place_is_drawn_out_from_the_middle_when_she_answered_few():
    assert FIGURES.map.place({}) is None
    assert FIGURES.map.place({7: 1, 9: -1}) == (0.5, -1.0)
    x, y = FIGURES.map.place({7: 1})
    assert (round(x, 4), y) == (round(0.5 * 2**0.5, 4), 0)
