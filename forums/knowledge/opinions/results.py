"""All that is said of one round of votes, by groups: what is shared, shown, differs, is unsure; and how firmly."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from forums.knowledge.opinions.cover import coverage, covered, shown
from forums.knowledge.opinions.firmness import Trial, failed
from forums.knowledge.opinions.tallies import Finding, Spread, spreads
from forums.knowledge.opinions.typical import Typical, typical
from forums.knowledge.opinions.votes import Votes, union


@dataclass(frozen=True, slots=True)
class Results:
    """Statements by what they are. `reached`: of those in a group, the share that the shown ones cover."""

    spreads: Mapping[int, Spread]
    shown: tuple[int, ...]
    reached: float
    coverage: Mapping[object, float]
    trials: Mapping[int, tuple[Trial, ...]]
    typical: Mapping[object, list[Typical]]

    def of(self, finding: Finding) -> tuple[int, ...]:
        """The statements of one finding; what is shared by its score, what differs by its gap, best or widest first."""
        of = [statement for statement, each in self.spreads.items() if each.finding is finding]
        if finding is Finding.DIFFERS:
            of.sort(key=lambda each: (-self.spreads[each].gap, each))
        else:
            of.sort(key=lambda each: (-self.spreads[each].score, each))
        return tuple(of)

    def firm(self) -> tuple[int, ...]:
        """Those shared that pass every trial."""
        return tuple(each for each in self.of(Finding.SHARED) if not self.trials[each])

    def consensus(self) -> tuple[int, ...]:
        """All statements, best first, by Pol.is's own product ∏ p over all groups, heard or not."""
        product = {
            statement: prod(tally.share for tally in each.tallies.values())
            for statement, each in self.spreads.items()
            if each.tallies
        }
        return tuple(sorted(product, key=lambda each: (-product[each], each)))


def results(
    votes: Votes,
    groups: Mapping[object, int],
    *,
    left_out: frozenset[int] = frozenset(),
    before: Votes | None = None,
) -> Results:
    """Of the statements not `left_out`; `before` as in `firmness.failed`."""
    by_statement = {
        statement: each
        for statement, each in spreads(votes, groups).items()
        if statement not in left_out
    }
    people = union(groups.values())
    few = tuple(shown(votes, by_statement, people)) if groups else ()
    reached = covered(votes, few, people).bit_count() / people.bit_count() if people else 0.0
    shared = [
        statement for statement, each in by_statement.items() if each.finding is Finding.SHARED
    ]
    return Results(
        by_statement,
        few,
        reached,
        coverage(votes, few, groups),
        failed(votes, groups, shared, before=before),
        typical(votes, groups, by_statement),
    )
