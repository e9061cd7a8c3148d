"""The marks of a round's statements from one run to the next: kept in `PublishedResults.course`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from forums.knowledge.opinions.replay import WAIT, Course
from forums.knowledge.opinions.tallies import Spread
from forums.knowledge.results.told import ToldVotes


@dataclass(slots=True)
class StatementMark:
    """`since`: when it was shown."""

    course: Course = field(default_factory=Course)
    since: float | None = None

    @property
    def shown_at(self) -> str:
        """ISO; '' while it is not shown."""
        return _iso(self.since) if self.course.shown and self.since is not None else ""

    @property
    def due_at(self) -> str:
        """When it is shown, if all stays as it is; '' where it is, or not on its way."""
        waits = not self.course.shown and self.course.since is not None
        return _iso(self.course.since + WAIT) if waits and self.course.since is not None else ""

    def goes_on(self, spread: Spread, now: float, *, final: bool) -> bool:
        """What has fallen due by now, then how it stands; `final`: and stays, so that what waits need not.

        True where it was shown, or taken back."""
        moved = self._falls_due(now, by=now)
        self.course.sees(spread, now)
        return (final and self._falls_due(now, by=now + WAIT)) or moved

    def _falls_due(self, now: float, *, by: float) -> bool:
        moved = self.course.falls_due(by)
        if moved:
            self.since = now if self.course.shown else None
        return moved


@dataclass(frozen=True, slots=True)
class Marks:
    """Of all statements that are told. `before`: who had said what of those marked when their mark was shown."""

    of: Mapping[int, StatementMark] = field(default_factory=dict)
    before: ToldVotes = field(default_factory=ToldVotes)

    def go_on(
        self, spreads: Mapping[int, Spread], told: ToldVotes, now: float, *, final: bool
    ) -> Self:
        """The marks after this run; `final`: the round is over."""
        found = {statement: self.of.get(statement) or StatementMark() for statement in spreads}
        moved = {
            statement
            for statement, mark in found.items()
            if mark.goes_on(spreads[statement], now, final=final)
        }
        shown = [statement for statement, mark in found.items() if mark.course.shown]
        return type(self)(found, self.before.taken(shown, anew=moved, now=told))

    def to_json(self) -> dict[str, Any]:
        """Those that are shown, or on their way."""
        return {
            "of": {
                str(statement): [each.course.shown, each.course.since, each.since]
                for statement, each in self.of.items()
                if each.course.shown or each.course.since is not None
            },
            "before": self.before.to_json(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The other way round."""
        return cls(
            {
                int(statement): StatementMark(Course(shown, on_its_way), since)
                for statement, (shown, on_its_way, since) in stored["of"].items()
            },
            ToldVotes.from_json(stored["before"]),
        )


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
