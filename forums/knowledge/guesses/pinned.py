"""A guess pinned to ten beads, as the page draws it. No table."""

from dataclasses import dataclass

from forums.knowledge.results.beads import Beads
from forums.knowledge.results.figures import NetworkShare

_EACH = 16  # units of the drawing from one bead to the next


@dataclass(frozen=True, slots=True)
class PinnedGuess:
    """What was said, and what was guessed."""

    share: NetworkShare
    guess: int

    @property
    def beads(self) -> Beads:
        return Beads.of_share(self.share)

    @property
    def agree(self) -> int:
        """Of ten people, as many as there are full beads."""
        return self.beads.full

    @property
    def at(self) -> int:
        """Where the pin stands: at the last bead that was guessed to be full; before the first for none."""
        return max(1, _EACH * self.guess - _EACH // 2)

    @property
    def anchor(self) -> str:
        """How its words hang, so that they stay within the drawing."""
        return "start" if self.guess < 3 else "end" if self.guess > 8 else "middle"
