"""The map of opinions: groups and what holds each, nobody's own place, and how a reader finds hers.

Asks for numpy and scikit-learn when it is called: by the worker, never by a page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, pi, sin

from forums.knowledge.opinions.tallies import HEARD
from forums.knowledge.opinions.typical import typical
from forums.knowledge.opinions.votes import Votes
from forums.knowledge.results.computing import CountedVotes
from forums.knowledge.results.figures import (
    EDGE,
    NetworkPart,
    OpinionGroup,
    OpinionMap,
    Point,
    percents,
)

# Dots for persons only among so many; of very many each second, or third.
DOTS_FROM = 50
MOST_DOTS = 400
# A hull has so many sides: each lies as far out as the five farthest of its group do in the middle, and a little more.
SIDES = 16
MARGIN = 0.05
# Places are told on a grid of so many cells from the middle to the edge.
CELLS = 20
# Dots of those who stand near each other lie around the middle of them all, so far apart.
APART = 0.03
GOLDEN = pi * (3 - 5**0.5)


@dataclass(frozen=True, slots=True)
class OpinionsFound:
    """`map`: None while too few answered enough. `extremity`: of each statement, how far it lies from the middle of all.

    `groups`: of each person on the map the number of her group.
    """

    map: OpinionMap | None = None
    extremity: Mapping[int, float] = field(default_factory=dict)
    groups: Mapping[int, int] = field(default_factory=dict)


def opinions(counted: CountedVotes) -> OpinionsFound:
    """Groups and map of those who answered enough.

    Raises ImportError where the extra `groups` is not installed.
    """
    from forums.knowledge.opinions.groups import find

    votes = counted.votes
    found = find(votes)
    if not found.of:
        return OpinionsFound()
    means = [_mean(votes, statement) for statement in votes.statements]
    reach = max(max(abs(x), abs(y)) for x, y in found.place.values())
    scale = EDGE / reach if reach else 1.0
    place = {person: (x * scale, y * scale) for person, (x, y) in found.place.items()}
    sets = [people for people in found.sets(votes).values() if people.bit_count() >= HEARD]
    told = typical(votes, dict(enumerate(sets)), votes.statements)
    parts = _by_network(sets, counted.groups)
    groups, dots = [], list[tuple[float, float, int]]()
    for index, people in enumerate(sets):
        points = [place[person] for person in votes.named(people)]
        centre = _on_grid((_middle([x for x, _ in points]), _middle([y for _, y in points])))
        tells = tuple((each.statement, each.agrees) for each in told[index])
        groups.append(OpinionGroup(len(points), parts[index], tells, centre, hull(points)))
        dots += [(x, y, index) for x, y in near_each_other(points)]
    axes = tuple(
        (statement, round(x * scale, 3), round(y * scale, 3), round(mean, 2))
        for statement, (x, y), mean in zip(votes.statements, found.axes, means, strict=True)
    )
    shown = sorted(dots) if len(dots) >= DOTS_FROM else []
    step = -(-len(shown) // MOST_DOTS) or 1
    # Pol.is's "extremity": where one stands who answered this alone.
    size = len(axes) ** 0.5
    extremity = {
        statement: size * (1 - mean) * hypot(*axis)
        for statement, axis, mean in zip(votes.statements, found.axes, means, strict=True)
    }
    return OpinionsFound(
        OpinionMap(tuple(groups), tuple(shown[::step]), axes),
        extremity,
        {person: index for index, people in enumerate(sets) for person in votes.named(people)},
    )


def near_each_other(points: Sequence[Point]) -> list[Point]:
    """A dot for each, at the middle of five and more who stand near each other, never where one stands.

    Where there are few statements no two ballots have the same place: who signs why she agrees with two of them could be
    found among dots that are people's places, and all else she answered read off there.
    """
    first, second = sorted(points), sorted(points, key=lambda point: (point[1], point[0]))
    if len(points) < 2 * HEARD:
        x, y = _on_grid((_middle([x for x, _ in first]), _middle([y for _, y in first])))
        return [_around(x, y, number) for number in range(len(points))]
    wide, high = first[-1][0] - first[0][0], second[-1][1] - second[0][1]
    along, half = (first if wide >= high else second), len(points) // 2
    return near_each_other(along[:half]) + near_each_other(along[half:])


def _around(x: float, y: float, number: int) -> Point:
    """The next place of a spiral, as seeds of a sunflower lie."""
    out, turned = APART * number**0.5, GOLDEN * number
    return (_within(x + out * cos(turned)), _within(y + out * sin(turned)))


def _within(value: float) -> float:
    return round(max(-EDGE, min(EDGE, value)), 3)


def hull(points: Sequence[Point]) -> tuple[Point, ...]:
    """What holds five people and more, of which no side is as far out as one of them alone would have it."""
    corners: list[Point] = [(-9.0, -9.0), (9.0, -9.0), (9.0, 9.0), (-9.0, 9.0)]
    for side in range(SIDES):
        towards = cos(2 * pi * side / SIDES), sin(2 * pi * side / SIDES)
        out = sorted((_along(point, towards) for point in points), reverse=True)[:HEARD]
        corners = _cut(corners, towards, _middle(out) + MARGIN)
    return _outermost(_on_grid(corner) for corner in corners)


def _outermost(corners: Iterable[Point]) -> tuple[Point, ...]:
    """Those of a convex shape, once around: laid on a grid, some corners came to stand within it."""
    along = sorted(set(corners))
    return tuple(_bent(along) + _bent(along[::-1]))


def _bent(points: Sequence[Point]) -> list[Point]:
    """Half of the way around: only where it turns left; its end is where the other half begins."""
    kept: list[Point] = []
    for x, y in points:
        while len(kept) > 1:
            (first_x, first_y), (last_x, last_y) = kept[-2:]
            if (last_x - first_x) * (y - first_y) - (last_y - first_y) * (x - first_x) > 1e-9:
                break
            kept.pop()
        kept.append((x, y))
    return kept[:-1] or kept


def _cut(corners: list[Point], towards: Point, limit: float) -> list[Point]:
    """A convex shape without what lies further in a direction than `limit`."""
    kept = []
    for here, there in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        far, other = _along(here, towards) - limit, _along(there, towards) - limit
        if far <= 0:
            kept.append(here)
        if far * other < 0:
            share = far / (far - other)
            kept.append(
                (here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1]))
            )
    return kept


def _by_network(sets: Sequence[int], networks: Mapping[int, int]) -> list[tuple[NetworkPart, ...]]:
    """For each group which part of each network stands in it; who stands in none is a part of her own."""
    parts: list[list[NetworkPart]] = [[] for _ in sets]
    for network, people in networks.items():
        here = [(people & group).bit_count() for group in sets]
        size = people.bit_count()
        shares = percents([*here, size - sum(here)], size)
        for group, share in zip(parts, shares, strict=False):
            group.append(NetworkPart(network, share, size))
    return [tuple(group) for group in parts]


def _mean(votes: Votes, statement: int) -> float:
    agree, disagree = votes.agree[statement], votes.disagree[statement]
    answered = votes.seen(statement).bit_count()
    return (agree.bit_count() - disagree.bit_count()) / answered if answered else 0.0


def _middle(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _along(point: Point, towards: Point) -> float:
    return point[0] * towards[0] + point[1] * towards[1]


def _on_grid(point: Point) -> Point:
    return (round(point[0] * CELLS) / CELLS, round(point[1] * CELLS) / CELLS)
