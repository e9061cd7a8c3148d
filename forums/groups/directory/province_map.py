"""The map of Thailand: one bead a province, and how many networks work there. Reads only.

Where each province stands is in accounts/provinces.tsv; docs/map.md tells the sources and the drawing.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from math import cos, dist, radians

from django.core.cache import caches
from django.utils.translation import ngettext

from accounts.provinces import ALL, OF_REGION, PROVINCE_NAMES, REGIONS
from forums.base.constant_sql import select
from forums.groups.networks.models import NETWORK_LISTED

WIDTH, HEIGHT = 175, 303  # of the drawing
APART = 8.0  # between two beads, at least
_WEST, _NORTH = 97.0, 20.6  # its upper left corner, in degrees
_SCALE = 20.0  # units a degree of latitude
_SHRINK = cos(radians(13.5))  # a degree of longitude at the middle of the country
_SIZES = ((10, 3), (4, 2), (1, 1), (0, 0))  # networks, and from there the size of the bead
_MINUTE = 60

# The border: Natural Earth 1:10m (public domain), in the units above, simplified to 0.9 of one
# (Douglas and Peucker); islands of less than 2.5 square units are left out.
OUTLINE = (
    "M115 179l-6-11 0 3-6-3-1-2 2-1-1 1 0-3-2 0 1 3-4-5-1 0 1 2-5-5-7 2-7-2-2 2-2-1 1-3-1-2"
    " 1-2-1-2 3-8-6 0-2-2 0 2-6 0-6 4 2 5-2 7 1 10-9 17 0 3-2 2 1 5-2 0-3 6 0 4-2 0 2 2-2 3 0 6"
    " 3 8-2 1 1 2 4 1 1-2 5 0 2 1 2 13 3 4 0-2 2 1 4 19 3 6-3-1-1-6-2 1 1-3-2-3-2 2 0 2 6 9 2 0"
    " 1-1 3 4 5 3 7-1-2-1 5 2 5 7 6 5-1 3-5 7-2 0-2-3-6 2-3 3-3-3 2-3 0-6-4 0-2-5-2 1-5-1-3-4-1"
    " 0-1 5-1-2-1 0-3-4-4-3 1-5-3-1 1-4-1 2-1-2-1 2-2 0-1-6-4-3 0 1-1 0 0-5-3-2-3 1-1-6-1 0"
    " 0-2-4 2 0 2-1 1-2-2-2-6 1-1 0 1 1-6 2-4-1 0 1 0-1-3 2-7 2 0-2-1 3-5-2 0 3-2 1-6 1-9 9-8"
    " 5-10 3-3-1-8-2 0-1-8-4-3-2-7 0-2 2-2-2-12-3-5-8-6-6-8-1-6 0-2 2-2 2 1 0-2 3 0 0-14 3-2 2 1"
    " 2-6-1-1-4 3 0-3-4-5 1-4-14-16-2-3 2-3-3-6-3 0-2-5 3 1 5-2-2-7 3-3-1-6 1-3 4-2 0-3 4 3 6-1"
    " 5-2 2 1 2-1 1-6 5 1 4-2-2-4 5 1 5-3 4 4 3-3 5 5-1 5-2 3 1 4 6 1 2-2 8 1-2 4 3 7-2 2 0 5-4"
    " 4 3 3 0 5-3 3-2 7 4 2 5-6 7-3 1-3 2 0 4-3 7 4 3 1 0 2 2 1-1-1 4-2 3-1 3-5 2-1-1-1 1-1 5 0"
    " 7 2 2-1 8 13 6 3 2 4-1 7 0 9 5 5 1 4 7 2-1 2 1 2 4 2-1 5-2 2 2 2-3 3 3 2-2 4 0 5-2 3-4 1-3"
    " 3-1-4-4-1-4 2-7-1-6 1-5-2-10 3-4 2-4 9-3 2 1 1-6 1 1 6 3 5 0 6 5 5-1 6 4 8 0 2zM52"
    " 282l-1-2 0-1 1 3zM40 259l1 3-1 0 0-3zM30 250l1 2-1-2zM28 254l-1 2-2 0 0-5 0-3 3 2 0 4zM25"
    " 229l1 1-2 1 0-2 1 0zM60 220l0 3-2 1-1-4 3 0zM59 216l1 3-2-2 1-1zM108 178l1 3-1-1 0-2zM105"
    " 171l1 2-3 0-1-4 3 2z"
)

# Of the listed networks alone; one for the whole country works nowhere in particular.
_COUNTS = f"""
    SELECT place, count(*) FROM forums_network n, unnest(n.provinces) AS place
    WHERE {NETWORK_LISTED.sql} AND NOT n.nationwide GROUP BY place
    UNION ALL
    SELECT '', count(*) FROM forums_network n
    WHERE {NETWORK_LISTED.sql} AND n.nationwide
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class Bead:
    """A province: where it stands in the drawing, how many networks, and how large (0 to 3) that is."""

    code: str
    name: str
    x: float
    y: float
    count: int
    size: int

    @property
    def url(self) -> str:
        return f"/networks/?province={self.code}"

    @property
    def radius(self) -> float:
        return self.size + 2 if self.size else 2.4

    @property
    def label(self) -> str:
        said = ngettext("%(place)s: %(n)d network", "%(place)s: %(n)d networks", self.count)
        return said % {"place": self.name, "n": self.count}


@dataclass(frozen=True, slots=True)
class Region:
    name: str
    url: str
    beads: list[Bead]
    count: int  # of networks, each as often as it names provinces

    @property
    def around(self) -> str:
        """A dot on each bead: drawn wide and without colour, they are what a thumb hits (directory.css)."""
        return "".join(f"M{bead.x} {bead.y}h0" for bead in self.beads)


class Map:
    """What networks/_map.html shows; the beads are made only when somebody looks at them."""

    width, height, outline = WIDTH, HEIGHT, OUTLINE

    def __init__(self, counts: dict[str, int], stamp: int) -> None:
        self.counts = counts
        self.nationwide = counts.get("", 0)
        self.stamp = stamp  # another one whenever it was counted anew

    @cached_property
    def regions(self) -> list[Region]:
        """From north to south; in each the provinces in dictionary order."""
        found = []
        for region, name in REGIONS:
            beads = [self._bead(code) for code in OF_REGION[region]]
            count = sum(bead.count for bead in beads)
            found.append(Region(str(name), f"/networks/?region={region}", beads, count))
        return found

    def _bead(self, code: str) -> Bead:
        count = self.counts.get(code, 0)
        size = next(size for least, size in _SIZES if count >= least)
        x, y = places()[code]
        return Bead(code, PROVINCE_NAMES[code], x, y, count, size)


def current() -> Map:
    """The map of this minute: one query a minute a process."""
    cached: tuple[dict[str, int], int] | None = caches["process"].get("networks_map")
    if cached is None:
        counts: dict[str, int] = dict(select(_COUNTS))
        cached = counts, hash(tuple(sorted(counts.items())))
        caches["process"].set("networks_map", cached, _MINUTE)
    return Map(*cached)


@cache
def places() -> dict[str, tuple[float, float]]:
    """Where each bead stands: at the seat of its province, pushed from its neighbours to APART of them.

    Around Bangkok seats lie 10 km from one another: unmoved, their beads would cover each other.
    """
    at = {
        each.code: [
            (each.longitude - _WEST) * _SHRINK * _SCALE,
            (_NORTH - each.latitude) * _SCALE,
        ]
        for each in ALL
    }
    codes = sorted(at)
    for _round in range(50):  # ten are enough
        pushed = False
        for number, code in enumerate(codes):
            for other in codes[:number]:
                one, two = at[code], at[other]
                apart = dist(one, two)
                if apart >= APART - 0.05:
                    continue
                pushed = True
                share = (APART - apart) / 2 / apart
                for axis in (0, 1):
                    move = (one[axis] - two[axis]) * share
                    one[axis] += move
                    two[axis] -= move
        if not pushed:
            break
    return {code: (round(x, 1), round(y, 1)) for code, (x, y) in at.items()}
