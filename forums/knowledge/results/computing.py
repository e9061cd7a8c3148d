"""From the votes as they are told to the figures that are published: every one of them follows from those alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forums.knowledge.opinions.cover import covered, shown
from forums.knowledge.opinions.firmness import Trial, failed
from forums.knowledge.opinions.tallies import HEARD, Finding, Spread, spreads
from forums.knowledge.opinions.votes import Votes
from forums.knowledge.results.figures import (
    NetworkPart,
    NetworkShare,
    OpinionMap,
    RoundFigures,
    StatementFigures,
    part_found,
    percent,
    percents,
)
from forums.knowledge.results.marks import Marks, StatementMark
from forums.knowledge.results.told import ToldVotes

# Ballots that are alike are one here already, where they came within an hour; without times that would take whole networks
# for one that say yes to everything.
TRIALS = tuple(trial for trial in Trial if trial is not Trial.SAME_BALLOTS_ONCE)


@dataclass(frozen=True, slots=True)
class CountedVotes:
    """What is told, as sets. `statements`: those put to the vote, in the order of their numbers."""

    statements: tuple[int, ...]
    votes: Votes
    important: Mapping[int, int]
    groups: Mapping[Any, int]  # network → people
    spreads: Mapping[int, Spread]

    @classmethod
    def of(cls, told: ToldVotes, statements: Sequence[int]) -> "CountedVotes":
        """The networks of `told` are the groups."""
        votes = told.votes(statements)
        groups: Mapping[Any, int] = told.networks(votes)
        return cls(
            tuple(each for each in statements if each in votes.agree),
            votes,
            told.important(statements),
            groups,
            spreads(votes, groups),
        )


def figures_of(
    counted: CountedVotes,
    *,
    statements: Sequence[int],
    networks: Sequence[int],
    marks: Marks,
    told: ToldVotes,
    apart: int,
    map: OpinionMap | None,
) -> RoundFigures:
    """`statements`: all that are put to the vote, by number; `networks`: those that take part in the topic."""
    groups = counted.groups
    everybody = counted.votes.set_of(counted.votes.people)
    few = shown(counted.votes, counted.spreads, everybody) if groups else []
    before = told.still(marks.before)
    trials = failed(counted.votes, groups, before.statements, before=before, trials=TRIALS)
    in_round = sorted({*networks, *counted.groups})
    found = [
        _statement(each, counted, in_round, marks.of.get(each), trials.get(each))
        for each in statements
    ]
    return RoundFigures(
        people=len(counted.votes.people),
        apart=apart if apart >= HEARD else 0,
        heard=tuple(counted.groups),
        unheard=tuple(each for each in in_round if each not in counted.groups),
        statements=tuple(sorted(found, key=lambda each: _place(each, counted))),
        shown=tuple(few),
        coverage=_coverage(counted, few),
        map=map,
    )


def _place(each: StatementFigures, counted: CountedVotes) -> tuple[int, float]:
    """What is shared by its score, what differs by its gap; all else, behind them, by number (sorting keeps it)."""
    if each.finding is Finding.SHARED:
        return (0, -counted.spreads[each.statement].score)
    if each.finding is Finding.DIFFERS:
        return (1, -counted.spreads[each.statement].gap)
    return (2, 0.0)


def _statement(
    statement: int,
    counted: CountedVotes,
    networks: Sequence[int],
    mark: StatementMark | None,
    trials: tuple[Trial, ...] | None,
) -> StatementFigures:
    spread = counted.spreads.get(statement)
    if spread is None:
        return StatementFigures(statement, Finding.UNHEARD, (), tuple(networks))
    shares = tuple(
        _share(statement, network, counted)
        for network in counted.groups
        if spread.tallies[network].answered >= HEARD
    )
    heard = {each.network for each in shares}
    return StatementFigures(
        statement,
        spread.finding,
        shares,
        tuple(each for each in networks if each not in heard),
        mark="" if trials is None else "fragile" if trials else "firm",
        failed=tuple(str(each) for each in trials or ()),
        marked_at=mark.shown_at if mark else "",
        due_at=mark.due_at if mark else "",
    )


def _share(statement: int, network: int, counted: CountedVotes) -> NetworkShare:
    tally = counted.spreads[statement].tallies[network]
    people = tally.answered
    agree, disagree, passed = percents([tally.agree, tally.disagree, tally.passed], people)
    matters = (counted.important[statement] & counted.groups[network]).bit_count()
    return NetworkShare(network, people, agree, disagree, passed, percent(matters, people))


def _coverage(counted: CountedVotes, few: Sequence[int]) -> tuple[NetworkPart, ...]:
    """Of each network, who agrees with at least one of the shown."""
    if not few:
        return ()
    return tuple(
        NetworkPart(
            network,
            part_found(covered(counted.votes, few, people).bit_count(), people.bit_count()),
            people.bit_count(),
        )
        for network, people in counted.groups.items()
    )
