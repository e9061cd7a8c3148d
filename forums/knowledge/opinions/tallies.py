"""How groups answered one statement, and what that makes of it: shared, differing, unsure, or not yet heard."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import prod, sqrt

from forums.knowledge.opinions.votes import Votes

# A figure of fewer says who they are, and a single vote would be "common ground".
HEARD = 5
# Of two groups that differ: 70 of a hundred agree here, 30 there.
GAP = 0.4
# Of those who answered, so many passed that it is the statement that is not clear.
UNSURE = 0.4
# More agree than not, over all groups and in each.
SHARED = 0.5
# A mark is earned when that is so in each group with 90 % of one side, and kept until it is clearly not so:
# of marks given in four conversations played again, as many as these two leave were lost (docs/decisions/071-groups-of-opinion.md).
CERTAIN = 1.2816
SLACK = 0.05


@dataclass(frozen=True, slots=True)
class Tally:
    """How one group answered one statement: numbers of people."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def answered(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def share(self) -> float:
        """p = (A+1)/(n+2): the share that agrees, drawn to the middle while few answered (Laplace)."""
        return (self.agree + 1) / (self.answered + 2)


class Finding(StrEnum):
    """What a statement is, seen from all groups that were heard. No order: none is better than another."""

    SHARED = "shared"
    DIFFERS = "differs"
    UNSURE = "unsure"
    NEITHER = "neither"
    UNHEARD = "unheard"


@dataclass(frozen=True, slots=True)
class Spread:
    """A statement and the groups that answered it. `score`: 0 to 1; `gap`: 0 to 1."""

    tallies: Mapping[object, Tally]
    heard: tuple[object, ...]
    unheard: tuple[object, ...]
    score: float
    gap: float
    finding: Finding


def tally(votes: Votes, statement: int, group: int) -> Tally:
    """How the people of a set answered it."""
    return Tally(
        (votes.agree[statement] & group).bit_count(),
        (votes.disagree[statement] & group).bit_count(),
        (votes.passed[statement] & group).bit_count(),
    )


def tallies_of(votes: Votes, statement: int, groups: Mapping[object, int]) -> dict[object, Tally]:
    """How each group answered it."""
    return {group: tally(votes, statement, people) for group, people in groups.items()}


def common_ground(shares: list[float]) -> float:
    """(∏ p)^(1/k): the geometric mean, so that figures of two groups and of six can be compared.

    Pol.is's own is the product alone ("group-informed consensus"), which falls with every group more.
    """
    return prod(shares) ** (1 / len(shares)) if shares else 0.0


def spread(tallies: Mapping[object, Tally]) -> Spread:
    """What a statement is by its tallies. Groups of whom fewer than `HEARD` answered say nothing yet."""
    heard = tuple(group for group, each in tallies.items() if each.answered >= HEARD)
    unheard = tuple(group for group, each in tallies.items() if each.answered < HEARD)
    shares = [tallies[group].share for group in heard]
    score = common_ground(shares)
    gap = max(shares) - min(shares) if shares else 0.0
    return Spread(
        tallies,
        heard,
        unheard,
        score,
        gap,
        _finding([tallies[group] for group in heard], score, gap),
    )


def spreads(votes: Votes, groups: Mapping[object, int]) -> dict[int, Spread]:
    """Of every statement."""
    return {
        statement: spread(tallies_of(votes, statement, groups)) for statement in votes.statements
    }


def earns(each: Spread) -> bool:
    """Whether a shared statement is shared surely enough for the mark: in each group heard, one side's 90 %."""
    return each.finding is Finding.SHARED and all(
        tally.share - CERTAIN * sqrt(tally.share * (1 - tally.share) / (tally.answered + 2))
        >= SHARED
        for tally in (each.tallies[group] for group in each.heard)
    )


def keeps(each: Spread) -> bool:
    """Whether a statement that has the mark still may have it: it moves to and fro around the line by `SLACK`."""
    heard = [each.tallies[group] for group in each.heard]
    if len(heard) < 2:
        return False
    return (
        min(each.score, *(tally.share for tally in heard)) >= SHARED - SLACK
        and each.gap < GAP + SLACK
        and _passing(heard) < UNSURE + SLACK
    )


def _finding(heard: list[Tally], score: float, gap: float) -> Finding:
    if len(heard) < 2:
        return Finding.UNHEARD
    if _passing(heard) >= UNSURE:
        return Finding.UNSURE
    if gap >= GAP:
        return Finding.DIFFERS
    if score >= SHARED and all(each.share >= SHARED for each in heard):
        return Finding.SHARED
    return Finding.NEITHER


def _passing(heard: list[Tally]) -> float:
    return sum(each.passed for each in heard) / sum(each.answered for each in heard)
