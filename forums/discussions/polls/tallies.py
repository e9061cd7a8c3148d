"""What a ballot says, and what all say together: pure functions over lists of numbers.

A ballot has a mark for each option: 1 or 0 of a choice; the rank of a ranking, 0 for none, which comes last; 2 (yes), 1 (if
need be) or 0 of a day. A tally is the sum of what each ballot adds: how often an option was chosen; of days the *yes*, then
the *if need be*; of n options ranked n × n counts, row by row, of who puts the one of the row before that of the column.
"""

from collections.abc import Iterable, Sequence

from forums.discussions.polls.models import PollKind

NO, IF_NEED_BE, YES = 0, 1, 2


def added(kind: str, marks: Sequence[int]) -> list[int]:
    """What one ballot adds to the tally."""
    match kind:
        case PollKind.DATE:
            return [int(m == YES) for m in marks] + [int(m == IF_NEED_BE) for m in marks]
        case PollKind.RANKED:
            last = len(marks) + 1
            ranks = [mark or last for mark in marks]
            return [int(one < other) for one in ranks for other in ranks]
        case _:
            return [int(mark > 0) for mark in marks]


def moved(
    kind: str,
    tally: Sequence[int],
    *,
    before: Sequence[int] | None = None,
    after: Sequence[int] | None = None,
) -> list[int]:
    """The tally when a ballot has other marks than `before`; None: it was not there, or is no more."""
    come = added(kind, after) if after is not None else None
    gone = added(kind, before) if before is not None else None
    nothing = [0] * len(come or gone or tally)
    now = zip(tally or nothing, come or nothing, gone or nothing, strict=True)
    return [sum_ + plus - minus for sum_, plus, minus in now]


def counted(kind: str, ballots: Iterable[Sequence[int]]) -> list[int]:
    """The tally of these ballots."""
    tally: list[int] = []
    for marks in ballots:
        tally = moved(kind, tally, after=marks)
    return tally


def is_level(marks: Sequence[int]) -> bool:
    """Does a ranking put all options alike, so that it changes nothing?"""
    return len(set(marks)) == 1
