"""Which statements tell one group from the others, with tests, and with a rate of false ones in mind.

Formulas: polis, math/repness.clj and stats.clj; false-discovery rate: Benjamini and Hochberg 1995.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import erfc, sqrt

from forums.knowledge.opinions.tallies import HEARD
from forums.knowledge.opinions.votes import Votes, union

# Pol.is's 90 % of one side.
Z = 1.2816
TYPICAL = 5
# Of what is said to be typical, so many are so by chance.
FALSE = 0.10


@dataclass(frozen=True, slots=True)
class Typical:
    """`agrees`: whether the group agrees with it, or disagrees; `share`: how many of it, drawn to the middle;
    `ratio`: how many times the others' share that is."""

    statement: int
    agrees: bool
    share: float
    ratio: float
    strength: float


def one_share(successes: int, trials: int) -> float:
    """z of "more than half", with one success and one trial more."""
    return 2 * sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)


def two_shares(here: int, there: int, trials_here: int, trials_there: int) -> float:
    """z of "more here than there", with one success and one trial more on both sides."""
    one, other = here + 1, there + 1
    n_one, n_other = trials_here + 1, trials_there + 1
    pooled = (one + other) / (n_one + n_other)
    if pooled >= 1:
        return 0.0
    spread = sqrt(pooled * (1 - pooled) * (1 / n_one + 1 / n_other))
    return (one / n_one - other / n_other) / spread


def typical(
    votes: Votes, groups: Mapping[object, int], statements: Iterable[int], *, count: int = TYPICAL
) -> dict[object, list[Typical]]:
    """For each group the few statements that tell it from all others together, strongest first."""
    found: list[tuple[float, object, Typical]] = []
    statements = tuple(statements)
    everybody = union(groups.values())
    for group, people in groups.items():
        others = everybody & ~people
        for statement in statements:
            found += [
                (chance, group, each) for chance, each in _sides(votes, statement, people, others)
            ]
    held = _held([chance for chance, _, _ in found])
    chosen: dict[object, list[Typical]] = {group: [] for group in groups}
    for chance, group, each in sorted(found, key=lambda one: (-one[2].strength, one[2].statement)):
        if chance > held or len(chosen[group]) >= count:
            continue
        if all(other.statement != each.statement for other in chosen[group]):
            chosen[group].append(each)
    return chosen


def _sides(votes: Votes, statement: int, people: int, others: int) -> list[tuple[float, Typical]]:
    seen = votes.seen(statement)
    here, there = (seen & people).bit_count(), (seen & others).bit_count()
    if here < HEARD:
        return []
    sides = []
    for agrees, said in ((True, votes.agree[statement]), (False, votes.disagree[statement])):
        inside, outside = (said & people).bit_count(), (said & others).bit_count()
        share = (inside + 1) / (here + 2)
        ratio = share / ((outside + 1) / (there + 2))
        of_half = one_share(inside, here)
        of_others = two_shares(inside, outside, here, there)
        # Both must hold, so the weaker of the two says how likely it is by chance.
        chance = max(_above(of_half), _above(of_others))
        if of_half > Z and of_others > Z:
            sides.append(
                (
                    chance,
                    Typical(statement, agrees, share, ratio, ratio * share * of_half * of_others),
                )
            )
        else:
            sides.append((1.0, Typical(statement, agrees, share, ratio, 0.0)))
    return sides


def _above(z: float) -> float:
    """How likely so much or more is by chance, one side of the normal curve."""
    return erfc(z / sqrt(2)) / 2


def _held(chances: list[float]) -> float:
    """The largest chance that still counts, so that at most `FALSE` of what counts is false."""
    ordered = sorted(chances)
    for rank in range(len(ordered), 0, -1):
        if ordered[rank - 1] <= FALSE * rank / len(ordered):
            return min(ordered[rank - 1], 0.5)
    return -1.0
