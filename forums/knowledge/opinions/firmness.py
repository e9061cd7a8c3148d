"""Whether what is shared would still be, were a few people or a whole group not there: firm, or fragile."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from math import ceil

from forums.knowledge.opinions.counted import most_active, repeated
from forums.knowledge.opinions.tallies import SHARED, Finding, Tally, spread, tallies_of
from forums.knowledge.opinions.votes import Votes, union

# The most active few, of whom studies of such systems say that they decide.
ACTIVE = 5
# So many of all who voted may be strangers sent into one group: a twentieth.
STRANGERS = 0.05


class Trial(StrEnum):
    """What a shared statement is tried by; what it fails is said beside it."""

    WITHOUT_A_GROUP = "without_a_group"
    WITHOUT_THE_ACTIVE = "without_the_active"
    BEFORE_THE_MARK = "before_the_mark"
    SAME_BALLOTS_ONCE = "same_ballots_once"
    WITHOUT_A_TWENTIETH = "without_a_twentieth"


def failed(
    votes: Votes,
    groups: Mapping[object, int],
    statements: Iterable[int],
    *,
    before: Votes | None = None,
    trials: Collection[Trial] = tuple(Trial),
) -> dict[int, tuple[Trial, ...]]:
    """For each shared statement those of `trials` that it does not pass; none: it is firm.

    `before`: of statements whose mark was shown already, the votes cast until then.
    """
    voters = union(groups.values())
    inactive = votes.without(most_active(votes, voters, count=ACTIVE))
    once = votes.without(repeated(votes, groups.values()))
    then = {
        group: before.set_of(votes.named(people)) if before else 0
        for group, people in groups.items()
    }
    strangers = ceil(STRANGERS * voters.bit_count())
    found = {}
    for statement in statements:
        tallies = tallies_of(votes, statement, groups)
        passed = {
            Trial.WITHOUT_A_GROUP: _without_each_group(tallies),
            Trial.WITHOUT_THE_ACTIVE: _shared(tallies_of(inactive, statement, groups)),
            Trial.BEFORE_THE_MARK: _before(before, statement, then),
            Trial.SAME_BALLOTS_ONCE: _shared(tallies_of(once, statement, groups)),
            Trial.WITHOUT_A_TWENTIETH: _without(strangers, tallies),
        }
        found[statement] = tuple(
            trial for trial, passes in passed.items() if trial in trials and not passes
        )
    return found


def _shared(tallies: Mapping[object, Tally]) -> bool:
    return spread(tallies).finding is Finding.SHARED


def _without_each_group(tallies: dict[object, Tally]) -> bool:
    """Of two groups one is left, who shares with nobody: her own majority is what is asked."""
    heard = spread(tallies).heard
    if len(heard) == 2:
        return all(tallies[group].share >= SHARED for group in heard)
    return all(
        _shared({other: each for other, each in tallies.items() if other != group})
        for group in heard
    )


def _without(strangers: int, tallies: dict[object, Tally]) -> bool:
    """Who sends strangers into one group has them agree there: so many agreeing are taken out of each in turn."""
    return all(
        _shared(
            {**tallies, group: Tally(max(0, each.agree - strangers), each.disagree, each.passed)}
        )
        for group, each in tallies.items()
    )


def _before(earlier: Votes | None, statement: int, groups: Mapping[object, int]) -> bool:
    if earlier is None or statement not in earlier.agree:
        return True
    return _shared(tallies_of(earlier, statement, groups))
