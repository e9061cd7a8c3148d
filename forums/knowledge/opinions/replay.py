"""Votes played again in the order they came: which marks would have been given, and which taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forums.knowledge.opinions.exports import Cast
from forums.knowledge.opinions.tallies import Spread, Tally, earns, keeps, spread
from forums.knowledge.opinions.votes import Vote

# A mark is shown when its statement has earned it so long without a break, and goes when it could not keep it so long.
WAIT = 24 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Replay:
    """Statements that got the mark, and those of them that lost it again, be it for a while."""

    given: frozenset[int]
    lost: frozenset[int]

    @property
    def share_lost(self) -> float:
        """0 where no mark was given."""
        return len(self.lost) / len(self.given) if self.given else 0.0


@dataclass(slots=True)
class Course:
    """One statement on its way. `since`: since when (seconds) it ought to change what is shown; None: it ought not."""

    shown: bool = False
    since: float | None = None

    def falls_due(self, now: float) -> bool:
        """Give or take the mark if that has waited long enough; True if so."""
        if self.since is None or now - self.since < WAIT:
            return False
        self.shown, self.since = not self.shown, None
        return True

    def sees(self, spread: Spread, now: float) -> None:
        """How the statement stands now."""
        if keeps(spread) if self.shown else not earns(spread):
            self.since = None
        elif self.since is None:
            self.since = now


def replay(
    cast: Iterable[Cast], group_of: Mapping[int, object], statements: Iterable[int]
) -> Replay:
    """Plays the votes of those who are in a group; a mark is given and taken at the time it falls due."""
    tallies: dict[int, dict[object, Tally]] = {
        statement: {group: Tally() for group in group_of.values()} for statement in statements
    }
    courses = {statement: Course() for statement in tallies}
    said: dict[tuple[int, int], Vote] = {}
    given, lost = set[int](), set[int]()
    now = 0.0
    for each in cast:
        now = each.at
        if each.person not in group_of or each.statement not in tallies:
            continue
        groups, group = tallies[each.statement], group_of[each.person]
        before = said.get((each.person, each.statement))
        if before is not None:
            groups[group] = _moved(groups[group], before, -1)
        said[each.person, each.statement] = each.vote
        groups[group] = _moved(groups[group], each.vote, 1)
        course = courses[each.statement]
        _fall_due(course, now, each.statement, given, lost)
        course.sees(spread(groups), now)
    for statement, course in courses.items():
        _fall_due(course, now + WAIT, statement, given, lost)
    return Replay(frozenset(given), frozenset(lost))


def _fall_due(course: Course, now: float, statement: int, given: set[int], lost: set[int]) -> None:
    """What has waited long enough when the next vote comes."""
    if course.falls_due(now):
        (given if course.shown else lost).add(statement)


def _moved(tally: Tally, vote: Vote, by: int) -> Tally:
    return Tally(
        tally.agree + by * (vote is Vote.AGREE),
        tally.disagree + by * (vote is Vote.DISAGREE),
        tally.passed + by * (vote is Vote.PASS),
    )
