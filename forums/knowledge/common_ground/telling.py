"""All that the page of common ground tells where results may be told, put together for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from forums.discussions.topics.beside import VoiceRow
from forums.groups.networks.references import NetworkRef
from forums.knowledge.common_ground.map import DrawnMap, drawn
from forums.knowledge.common_ground.named import StatementRef, networks_named
from forums.knowledge.common_ground.reading import Reading
from forums.knowledge.common_ground.sections import (
    COLUMNS,
    LINES,
    Cards,
    ColumnChoice,
    StatementColumn,
    chosen,
    is_crowd,
    rest_of,
)
from forums.knowledge.common_ground.strands import Strands
from forums.knowledge.differences.told import kinds_of_difference
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.reasons.quoted import quoted
from forums.knowledge.results.beads import Beads
from forums.knowledge.results.figures import RoundFigures

PAGE = 8  # statements of one column on a page of its own
FEW_OF_CROWD = 3  # networks in a table, statements in a plain list; all of them are a link away


@dataclass(frozen=True, slots=True)
class ToldPage:
    """What is told of a round. Of `coverage`, map and `rest` the first; `more_…` says how many follow."""

    figures: RoundFigures
    sections: list[StatementColumn]
    shown: list[StatementRef]
    coverage: SafeString
    more_coverage: int
    map: DrawnMap | None
    rest: list[StatementRef]
    more_rest: int
    heard: int
    unheard: list[NetworkRef]
    drawings: list[Beads]


@dataclass(frozen=True, slots=True)
class ColumnPage:
    """One column, or the list of what is in none, for itself; `next`: from where it goes on, or None."""

    section: StatementColumn | None
    rest: list[StatementRef]
    next: int | None
    drawings: list[Beads]


def told_page(
    reading: Reading,
    statements: dict[int, StatementRef],
    there: Sequence[VoiceRow],
    member: Any,
    *,
    whole: bool = False,
) -> ToldPage:
    """The page of all; `whole`: no table and no list is cut short."""
    figures = reading.figures
    assert figures  # noqa: S101 - asked for where they are told
    named = _named(figures, statements, there)
    strands = Strands(named)
    columns = [chosen(figures, finding, statements) for finding in COLUMNS]
    cards = _cards(reading, statements, strands, columns, member)
    coverage = [part for part in figures.coverage if part.network in named]
    rest = rest_of(figures, statements)
    few = None if whole else FEW_OF_CROWD if is_crowd(figures) else LINES
    found = (
        drawn(figures.map, votes=reading.votes, networks=named, statements=statements, rows=few)
        if figures.map
        else None
    )
    return ToldPage(
        figures=figures,
        sections=[cards.column(each) for each in columns],
        shown=[statements[pk] for pk in figures.shown if pk in statements],
        coverage=strands.of_parts(coverage[:few]),
        more_coverage=len(coverage[few:]) if few else 0,
        map=found,
        rest=rest[:few],
        more_rest=len(rest[few:]) if few else 0,
        heard=len(figures.heard),
        unheard=[named[pk] for pk in figures.unheard if pk in named],
        drawings=sorted(strands.drawings),
    )


def column_page(
    reading: Reading,
    statements: dict[int, StatementRef],
    there: Sequence[VoiceRow],
    member: Any,
    *,
    finding: Finding | None,
    start: int,
) -> ColumnPage:
    """One column from its `start`th on; without a finding the list of what is in none."""
    figures = reading.figures
    assert figures  # noqa: S101 - asked for where they are told
    strands = Strands(_named(figures, statements, there))
    later = start + PAGE
    if finding is None:
        rest = rest_of(figures, statements)
        return ColumnPage(
            None, rest[start:later], later if len(rest) > later else None, drawings=[]
        )
    column = chosen(figures, finding, statements, start=start, size=PAGE)
    cards = _cards(reading, statements, strands, [column], member)
    more = later if column.count > later else None
    return ColumnPage(cards.column(column), [], more, sorted(strands.drawings))


def _named(
    figures: RoundFigures, statements: dict[int, StatementRef], there: Sequence[VoiceRow]
) -> dict[int, NetworkRef]:
    return networks_named(figures, there, (each.network for each in statements.values()))


def _cards(
    reading: Reading,
    statements: dict[int, StatementRef],
    strands: Strands,
    columns: Sequence[ColumnChoice],
    member: Any,
) -> Cards:
    """With what stands beside the figures of all these columns, asked once."""
    some = [each for column in columns for each in column.some]
    ballot = reading.access.ballot
    return Cards(
        statements,
        strands,
        is_over=not reading.is_open,
        mine=ballot.network_id if ballot else None,
        silent=reading.figures.unheard if reading.figures else (),
        quotes=quoted([each.statement for each in some], member),
        differences=kinds_of_difference(some),
    )
