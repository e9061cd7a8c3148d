"""What the picture of a thing shows, and the address that follows from it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from forums.base.digests import digest

DRAWN = 1  # raise it when the same sketch is drawn in another way
LONGEST_STRAND = 6
SIZE = (1200, 630)  # pixels, as chats and networks ask for


class DrawnBead(NamedTuple):
    """A network's mark."""

    colour: str
    emblem: str


class _HasABead(Protocol):
    colour: str
    emblem: str


class Sketch(NamedTuple):
    """All that is drawn, in the words it is drawn in: Thai, whatever the reader's language."""

    above: str  # what it is, and where: สนทนา · ป่าและต้นน้ำ
    title: str
    lead: str = ""  # below the title: an aim and a province, a day and a place
    name: str = ""  # who speaks
    network: str = ""  # from where
    bead: DrawnBead | None = None  # of that network; None is a jasmine bud
    strand: Sequence[DrawnBead | None] = ()
    is_large: bool = False  # the bead is what it is about: a network

    def address(self, kind: str, pk: int) -> str:
        """Where the picture of this thing is."""
        return f"/pictures/shared/{kind}/{pk}/{self.key}.png"

    @property
    def key(self) -> str:
        """What is drawn alike has one key, and whatever is not has another."""
        return digest([DRAWN, self])


def bead_of(network: _HasABead | None) -> DrawnBead | None:
    """The bead of a network, or of none."""
    return DrawnBead(network.colour, network.emblem) if network else None


def strand_of(networks: Iterable[_HasABead]) -> tuple[DrawnBead | None, ...]:
    """The beads of these networks in their order; where there are few, jasmine buds on both sides."""
    beads: list[DrawnBead | None] = [DrawnBead(each.colour, each.emblem) for each in networks]
    beads = beads[:LONGEST_STRAND]
    buds = [None] * ((5 - len(beads)) // 2)
    return (*buds, *beads, *buds) if beads else (None,) * 5
