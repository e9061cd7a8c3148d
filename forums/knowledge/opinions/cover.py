"""Which few statements are shown: those that most people find themselves in, of those that groups share."""

from collections.abc import Iterable, Mapping

from forums.knowledge.opinions.tallies import SHARED, Finding, Spread
from forums.knowledge.opinions.votes import Votes, union

SHOWN = 5
# Of the people whom any five could reach, so many the five shown reach; the bar sinks no further than this asks.
REACH = 0.95


def covered(votes: Votes, statements: Iterable[int], people: int) -> int:
    """Those of `people` who agree with at least one of the statements."""
    return union(votes.agree[statement] for statement in statements) & people


def coverage(
    votes: Votes, statements: Iterable[int], groups: Mapping[object, int]
) -> dict[object, float]:
    """For each group: which share of those of it who voted agree with at least one of the statements."""
    statements = tuple(statements)
    voted = union(votes.seen(statement) for statement in votes.statements)
    return {
        group: covered(votes, statements, people).bit_count() / (people & voted).bit_count()
        for group, people in groups.items()
        if people & voted
    }


def shown(
    votes: Votes, spreads: Mapping[int, Spread], people: int, *, count: int = SHOWN
) -> list[int]:
    """The few in which most people find themselves, each with its own finding; of equal ones the better shared.

    Among them is what every group was heard on. Where more agree than not, in no dispute and clear, that
    is enough; the bar sinks, and at last to what differs, only as far as it must for the few to reach
    `REACH` of those whom any few could.
    """
    fit = [
        statement
        for statement, each in spreads.items()
        if len(each.heard) >= 2 and not each.unheard
    ]
    disputed = (Finding.DIFFERS, Finding.UNSURE)
    fit.sort(key=lambda each: (spreads[each].finding in disputed, -spreads[each].score, each))
    wanted = REACH * _reached(votes, fit, people, count)
    above = sum(
        spreads[each].score >= SHARED and spreads[each].finding not in disputed for each in fit
    )
    while above < len(fit) and _reached(votes, fit[:above], people, count) < wanted:
        above += 1
    return _greedy(votes, fit[:above], people, count)


def _reached(votes: Votes, statements: list[int], people: int, count: int) -> int:
    return covered(votes, _greedy(votes, statements, people, count), people).bit_count()


def _greedy(votes: Votes, statements: list[int], people: int, count: int) -> list[int]:
    """At each step the statement with which most agree of those not reached yet (at least 1 − 1/e of the best)."""
    left, open_, picked = people, list(statements), list[int]()
    while open_ and len(picked) < count:
        # max() keeps the first of equal ones: the better shared.
        best = max(open_, key=lambda statement: (votes.agree[statement] & left).bit_count())
        open_.remove(best)
        picked.append(best)
        left &= ~votes.agree[best]
    return picked
