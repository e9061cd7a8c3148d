"""The mark of common ground: earned for a day before it is shown, and lost only when that was not so for a day."""

from dataclasses import dataclass

from forums.knowledge.opinions.tallies import Spread, earns, keeps

# A mark is shown when its statement has earned it so long without a break, and goes when it could not keep it so long.
WAIT = 24 * 60 * 60.0


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
