"""Whose votes count: who answered enough, and which ballots are one."""

from collections.abc import Iterable

from forums.knowledge.opinions.votes import Votes, indices

# Pol.is's: who answered seven statements, or all where there are fewer; fifteen people at least.
ANSWERED = 7
PEOPLE = 15


def who_counts(votes: Votes) -> int:
    """The people on whom groups may be built, by Pol.is's rule (polis, math/conversation.clj, `in-conv`).

    Of equal counts the lower id is taken first, so that the order of votes does not matter.
    """
    answered = votes.answered()
    least = min(ANSWERED, len(votes.statements))
    counted = {index for index, count in enumerate(answered) if count >= least}
    if len(counted) < PEOPLE:
        others = sorted(
            (index for index, count in enumerate(answered) if count and index not in counted),
            key=lambda index: (-answered[index], index),
        )
        counted.update(others[: PEOPLE - len(counted)])
    return sum(1 << index for index in counted)


def repeated(votes: Votes, groups: Iterable[int]) -> int:
    """Those whose every vote is that of another of their group: their ballots are one. One of each stays."""
    bits = 0
    for people in groups:
        kept: set[bytes] = set()
        for index in indices(people):
            if votes.ballots[index] in kept:
                bits |= 1 << index
            kept.add(votes.ballots[index])
    return bits


def most_active(votes: Votes, people: int, *, count: int) -> int:
    """Those of `people` who answered more than all but about `count` of them.

    Of equal ones all or none, whichever is nearer to `count`: nobody is told apart by her number.
    """
    answered = votes.answered()
    members = list(indices(people))
    if len(members) <= count:
        return 0
    limit = sorted((answered[index] for index in members), reverse=True)[count - 1]
    above = [index for index in members if answered[index] > limit]
    level = [index for index in members if answered[index] == limit]
    if len(above) + len(level) - count <= count - len(above):
        above += level
    return sum(1 << index for index in above)
