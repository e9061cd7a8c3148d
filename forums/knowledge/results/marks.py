"""The marks of a round's statements from one run to the next: kept in `PublishedResults.course`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from forums.knowledge.opinions.replay import WAIT, Course
from forums.knowledge.opinions.tallies import Spread
from forums.knowledge.opinions.votes import CODES, Votes
from forums.knowledge.results.told import SAID, Person, ToldVotes

_VOTES = {code: int(vote) for vote, code in CODES.items()}


@dataclass(slots=True)
class StatementMark:
    """`since`: when it was shown; `before`: who had said what of the statement then."""

    course: Course = field(default_factory=Course)
    since: float | None = None
    before: dict[Person, int] = field(default_factory=dict)

    @property
    def shown_at(self) -> str:
        """ISO; '' while it is not shown."""
        return _iso(self.since) if self.course.shown and self.since is not None else ""

    @property
    def due_at(self) -> str:
        """When it is shown, if all stays as it is; '' where it is, or not on its way."""
        waits = not self.course.shown and self.course.since is not None
        return _iso(self.course.since + WAIT) if waits and self.course.since is not None else ""

    def goes_on(
        self, statement: int, spread: Spread, told: ToldVotes, now: float, *, final: bool
    ) -> None:
        """What has fallen due by now, then how it stands; `final`: and stays, so that what waits need not."""
        self._fall_due(statement, told, now, by=now)
        self.course.sees(spread, now)
        if final:
            self._fall_due(statement, told, now, by=now + WAIT)

    def _fall_due(self, statement: int, told: ToldVotes, now: float, *, by: float) -> None:
        if self.course.falls_due(by):
            self.since = now if self.course.shown else None
            self.before = said_of(statement, told) if self.course.shown else {}

    def votes_before(self, statement: int, told: ToldVotes) -> Votes:
        """The votes cast before the mark was shown, and not changed since; numbered as `told` numbers people."""
        now = said_of(statement, told)
        number = {person: index for index, person in enumerate(told.people)}
        return Votes.of(
            (
                (number[person], statement, _VOTES[code])
                for person, code in self.before.items()
                if now.get(person) == code
            ),
            statements=[statement],
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "shown": self.course.shown,
            "since": self.course.since,
            "shown_since": self.since,
            "before": [[*person, code] for person, code in self.before.items()],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The other way round."""
        return cls(
            Course(stored["shown"], stored["since"]),
            stored["shown_since"],
            {(network, ballot): code for network, ballot, code in stored["before"]},
        )


def said_of(statement: int, told: ToldVotes) -> dict[Person, int]:
    """Who answered it, and how."""
    if statement not in told.statements:
        return {}
    at = told.statements.index(statement)
    said = {person: SAID[row[at]] for person, row in told.rows.items()}
    return {person: code for person, code in said.items() if code}


def go_on(
    marks: Mapping[int, StatementMark],
    spreads: Mapping[int, Spread],
    told: ToldVotes,
    now: float,
    *,
    final: bool,
) -> dict[int, StatementMark]:
    """The marks after this run, of all statements that are told; `final`: the round is over."""
    found = {}
    for statement, spread in spreads.items():
        found[statement] = marks.get(statement) or StatementMark()
        found[statement].goes_on(statement, spread, told, now, final=final)
    return found


def marks_from(stored: Mapping[str, Any]) -> dict[int, StatementMark]:
    return {int(statement): StatementMark.from_json(each) for statement, each in stored.items()}


def marks_to_json(marks: Mapping[int, StatementMark]) -> dict[str, Any]:
    """Those that are shown, or on their way."""
    return {
        str(statement): each.to_json()
        for statement, each in marks.items()
        if each.course.shown or each.course.since is not None
    }


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
