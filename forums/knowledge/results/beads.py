"""A share as ten beads on a thread: what everybody can count with her eyes."""

from __future__ import annotations

from typing import NamedTuple

from forums.knowledge.results.figures import NetworkShare

TEN = 10


class Beads(NamedTuple):
    """How many of ten are full (agree), grains (passed), rings (disagree); together ten."""

    full: int
    grains: int
    rings: int

    @classmethod
    def of(cls, agree: int, passed: int, disagree: int) -> Beads:
        """From percents that make 100: what is left over by rounding down goes to the largest rests, of equal ones
        to the larger share."""
        shares = (agree, passed, disagree)
        whole = [share // TEN for share in shares]
        by_rest = sorted(range(3), key=lambda at: (-(shares[at] % TEN), -shares[at]))
        for at in by_rest[: TEN - sum(whole)]:
            whole[at] += 1
        return cls(*whole)

    @classmethod
    def of_share(cls, share: NetworkShare) -> Beads:
        return cls.of(share.agree, share.passed, share.disagree)

    @classmethod
    def of_part(cls, percent: int) -> Beads:
        """Of those who are in something and those who are not."""
        return cls.of(percent, 0, 100 - percent)

    @property
    def key(self) -> str:
        """What its drawing is called: templates/components/ten_beads.html."""
        return f"ten-{self.full}-{self.grains}-{self.rings}"

    @property
    def places(self) -> list[tuple[str, int, str]]:
        """Of each bead, from the left: its kind (y, p, n), where its middle lies, and its radius, as the drawing
        has them."""
        kinds = "y" * self.full + "p" * self.grains + "n" * self.rings
        return [(kind, 8 + 16 * at, _RADIUS[kind]) for at, kind in enumerate(kinds)]


_RADIUS = {"y": "5.2", "p": "1.9", "n": "4.6"}
