"""Groups of opinion drawn on a sheet, and the same in a table; read without colour, and without the drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import dist

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from forums.groups.networks.references import NetworkRef
from forums.knowledge.common_ground.named import StatementRef
from forums.knowledge.results.figures import ROUGH, OpinionGroup, OpinionMap, Point

# Units of the drawing. Letters are 20 high, so that on a phone of 320 pixels they are 14 at least.
WIDTH, HEIGHT = 400, 300
MARGIN = 34
TYPICAL = 3
_LETTERS = {"th": "กขคงจ", "en": "ABCDE"}
# How each is told apart from the others beside its letter: static/css/src/common.css draws them so.
_LINES = (
    gettext_lazy("a full line"),
    gettext_lazy("a line of dashes"),
    gettext_lazy("a line of dots"),
    gettext_lazy("a line of dashes and dots"),
    gettext_lazy("a line of long dashes"),
)
_DOTS = (
    gettext_lazy("full dots"),
    gettext_lazy("open dots"),
    gettext_lazy("full squares"),
    gettext_lazy("open squares"),
    gettext_lazy("small dots"),
)


@dataclass(frozen=True, slots=True)
class GroupShape:
    """A group as it is drawn. `number`: 0 for the largest; `hull`: points of a polygon, or ""; `dots`: a path, or ""."""

    number: int
    letter: str
    x: int
    y: int
    hull: str
    dots: str


@dataclass(frozen=True, slots=True)
class MapColumn:
    """A group in the table. `looks`: how it is drawn; `near`: the reader stands nearest to it; `typical`: what it says more than others."""

    letter: str
    people: str
    looks: str
    near: bool
    typical: list[tuple[StatementRef, bool]]


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """`me`: where the reader stands, and whether her word is left of it; `rows`: networks, a letter and
    a cell for each group."""

    shapes: list[GroupShape]
    me: tuple[int, int, bool] | None
    columns: list[MapColumn]
    rows: list[tuple[NetworkRef, list[tuple[str, str]]]]
    more_rows: int
    said: str


def drawn(
    map_: OpinionMap,
    *,
    votes: Mapping[int, int],
    networks: dict[int, NetworkRef],
    statements: dict[int, StatementRef],
    rows: int | None = None,
) -> DrawnMap:
    """The map for a reader with these votes; of its table the first `rows`, or all."""
    me = map_.place(votes)
    sheet = _Sheet([*_points(map_), *([me] if me else [])])
    groups = map_.groups
    letters = _LETTERS.get(get_language() or "", _LETTERS["en"])[: len(groups)]
    nearest = min(range(len(groups)), key=lambda at: dist(me, groups[at].centre)) if me else None
    columns = [
        MapColumn(
            letters[at],
            ngettext("%(n)d person", "%(n)d people", group.people) % {"n": group.people},
            f"{_LINES[at]}, {_DOTS[at]}" if map_.dots else str(_LINES[at]),
            at == nearest,
            [(statements[pk], agrees) for pk, agrees in group.typical if pk in statements][
                :TYPICAL
            ],
        )
        for at, group in enumerate(groups)
    ]
    stands = sheet.at(me) if me else None
    table = [
        (network, list(zip(letters, cells, strict=True)))
        for network, cells in _rows(groups, networks)
    ]
    return DrawnMap(
        shapes=_shapes(map_, sheet, letters),
        me=(*stands, stands[0] > WIDTH * 0.7) if stands else None,
        columns=columns,
        rows=table[:rows],
        more_rows=len(table[rows:]) if rows else 0,
        said=_said(columns),
    )


class _Sheet:
    """Opinions laid on the sheet: one scale for both axes, as large as fits."""

    def __init__(self, points: list[Point]) -> None:
        xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
        self.left, self.top = min(xs), max(ys)
        wide, high = max(xs) - self.left, self.top - min(ys)
        fits = [
            (room - 2 * MARGIN) / size for room, size in ((WIDTH, wide), (HEIGHT, high)) if size
        ]
        self.scale = min(fits, default=1.0)
        self.right = (WIDTH - wide * self.scale) / 2
        self.down = (HEIGHT - high * self.scale) / 2

    def at(self, point: Point) -> tuple[int, int]:
        x, y = point
        return (
            round(self.right + (x - self.left) * self.scale),
            round(self.down + (self.top - y) * self.scale),
        )


def _points(map_: OpinionMap) -> Iterable[Point]:
    for group in map_.groups:
        yield group.centre
        yield from group.hull
    for x, y, _group in map_.dots:
        yield (x, y)


def _shapes(map_: OpinionMap, sheet: _Sheet, letters: str) -> list[GroupShape]:
    dots: dict[int, list[str]] = {}
    for x, y, whose in map_.dots:
        at, down = sheet.at((x, y))
        dots.setdefault(whose, []).append(f"M{at} {down}h0")
    shapes = []
    for number, group in enumerate(map_.groups):
        corners = [sheet.at(corner) for corner in group.hull]
        x, y = sheet.at(group.centre)
        top = min((down for _, down in corners), default=y)
        hull = " ".join(f"{at},{down}" for at, down in corners)
        shapes.append(
            GroupShape(number, letters[number], x, top - 10, hull, "".join(dots.get(number, [])))
        )
    return shapes


def _rows(
    groups: tuple[OpinionGroup, ...], networks: dict[int, NetworkRef]
) -> list[tuple[NetworkRef, list[str]]]:
    """Of each network, how many of its people are in each group; "" where that would tell of fewer than five."""
    parts = [{part.network: part for part in group.networks} for group in groups]
    rows = []
    for pk, named in networks.items():
        cells = []
        for each in parts:
            part = each.get(pk)
            about = _("about %(percent)d%%") if part and part.people < ROUGH else "%(percent)d%%"
            cells.append(about % {"percent": part.percent} if part else "")
        if any(cells):
            rows.append((named, cells))
    return rows


def _said(columns: list[MapColumn]) -> str:
    """The drawing in a sentence, for who does not see it."""
    parts = [
        _("Group %(letter)s: %(people)s.") % {"letter": each.letter, "people": each.people}
        for each in columns
    ]
    parts += [
        _("You stand nearest to group %(letter)s.") % {"letter": each.letter}
        for each in columns
        if each.near
    ]
    return " ".join(parts)
