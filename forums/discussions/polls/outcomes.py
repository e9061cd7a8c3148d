"""What was answered, as it may be shown: the one door. Who comes too early, or to too few, is told nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from forums.discussions.polls.models import Poll, PollKind
from forums.discussions.polls.options import labels
from forums.discussions.polls.permissions import sees_results
from forums.discussions.polls.schulze import places

# Of a secret poll that is open: what so many said is told when so many more have answered, and so on. So nobody can take
# what was there a moment ago from what is there now, or when it has closed, and read one member's answer.
STEP = 5


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """What was said of one option. `count` chose it (of a day: can); of a ranking, how many others it stands before."""

    number: int
    label: str
    count: int
    percent: int
    place: int  # 1 for the first; the same for those that are level
    if_need_be: int = 0
    no: int = 0
    need_be_percent: int = 0

    @property
    def leads(self) -> bool:
        return self.place == 1


@dataclass(frozen=True, slots=True)
class Against:
    """Two options of a ranking, one against the other: how many put each first."""

    one: str
    other: str
    for_one: int
    for_other: int


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """`voters` have answered, of whom the figures count `counted`: all, or those up to the last step."""

    voters: int
    counted: int
    options: Sequence[OptionFigures]
    pairs: Sequence[Against] = ()

    @property
    def _leading(self) -> list[OptionFigures]:
        return [each for each in self.options if each.leads] if self.counted else []

    @property
    def first(self) -> list[str]:
        """The option that leads, or those that are level; none where nothing was said."""
        leading = self._leading
        return [each.label for each in leading] if len(leading) < len(self.options) else []

    @property
    def winner(self) -> OptionFigures | None:
        """The one option before all others, if there is one."""
        leading = self._leading
        return leading[0] if len(leading) == 1 else None

    @property
    def is_tied(self) -> bool:
        return len(self._leading) > 1

    @property
    def is_partial(self) -> bool:
        return self.counted < self.voters


def outcome_for(poll: Poll, *, answered: bool) -> PollOutcome | None:
    """The outcome for one who has `answered`, or not; None where she is not to see it yet."""
    if not sees_results(poll, answered=answered):
        return None
    if poll.is_over or poll.names_shown:
        return _outcome(poll, poll.tally, poll.voters)
    if not poll.told_voters:
        return None
    return _outcome(poll, poll.told_tally, poll.told_voters)


def waits_for_more(poll: Poll, *, answered: bool) -> bool:
    """Would she see it, if more had answered?"""
    secret = not poll.names_shown and not poll.is_over
    return secret and not poll.told_voters and sees_results(poll, answered=answered)


def told_now(poll: Poll, tally: list[int], voters: int) -> dict[str, object]:
    """What is to be written beside a new tally: when a step is reached, the one before is told."""
    if voters < poll.ready_voters + STEP:
        return {}
    return {
        "told_tally": poll.ready_tally,
        "told_voters": poll.ready_voters,
        "ready_tally": tally,
        "ready_voters": voters,
    }


def _outcome(poll: Poll, tally: Sequence[int], counted: int) -> PollOutcome:
    names = labels(poll)
    size = len(names)
    match poll.kind:
        case PollKind.RANKED:
            matrix = [list(tally[size * row : size * (row + 1)]) for row in range(size)]
            return _ranked(poll, names, matrix if tally else [[0] * size] * size, counted)
        case PollKind.DATE:
            yes, maybe = _filled(tally[:size], size), _filled(tally[size:], size)
            keys = [(-can, counted - can - may) for can, may in zip(yes, maybe, strict=True)]
        case _:
            yes, maybe = _filled(tally, size), [0] * size
            keys = [(-count, 0) for count in yes]
    figures = [
        OptionFigures(
            number=at + 1,
            label=names[at],
            count=yes[at],
            percent=_percent(yes[at], counted),
            place=1 + sum(key < keys[at] for key in keys),
            if_need_be=maybe[at],
            no=counted - yes[at] - maybe[at],
            need_be_percent=_percent(maybe[at], counted),
        )
        for at in range(size)
    ]
    return PollOutcome(poll.voters, counted, figures)


def _ranked(
    poll: Poll, names: Sequence[str], matrix: Sequence[Sequence[int]], counted: int
) -> PollOutcome:
    size = len(names)
    order = places(matrix)
    behind = [sum(place > order[at] for place in order) for at in range(size)]
    figures = [
        OptionFigures(
            number=at + 1,
            label=names[at],
            count=behind[at],
            percent=_percent(behind[at], size - 1),
            place=order[at],
        )
        for at in range(size)
    ]
    figures.sort(key=lambda each: (each.place, each.number))
    pairs = [
        Against(names[i], names[j], matrix[i][j], matrix[j][i])
        for i in range(size)
        for j in range(i + 1, size)
    ]
    return PollOutcome(poll.voters, counted, figures, pairs)


def _filled(counts: Sequence[int], size: int) -> list[int]:
    return list(counts) or [0] * size


def _percent(count: int, of: int) -> int:
    """Rounded half up."""
    return (200 * count + of) // (2 * of) if of else 0
