"""What is told of a round, with types: whoever shows it reads these and nothing nearer to the votes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Self

from forums.knowledge.opinions.tallies import Finding

Point = tuple[float, float]
EDGE = 1.0  # how far from the middle of the map the farthest stand


class NetworkShare(NamedTuple):
    """How those of one network who count answered one statement: percent of `people`, at least five.

    `agree` + `disagree` + `passed` is 100; multiples of five under twenty people. `important`: percent to whom it is.
    A tuple, stored as a list: two hundred statements have eight thousand of them for forty networks, which a page
    would read for 28 ms by their names, and reads in 5.
    """

    network: int
    people: int
    agree: int
    disagree: int
    passed: int
    important: int = 0

    @property
    def is_about(self) -> bool:
        """Said with "about"."""
        return self.people < ROUGH


# Of fewer people figures are multiples of `STEP` percent.
ROUGH = 20
STEP = 5


def percents(counts: Sequence[int], people: int) -> list[int]:
    """Of parts that make up `people`: what is left over after rounding down goes to the largest remainders.

    Of equal remainders the earlier part is given first. All zero where there is nobody.
    """
    if not people:
        return [0] * len(counts)
    step = _step(people)
    units = 100 // step
    whole = [count * units // people for count in counts]
    rest = [count * units % people for count in counts]
    order = sorted(range(len(counts)), key=lambda at: (-rest[at], at))
    for at in order[: units - sum(whole)]:
        whole[at] += 1
    return [part * step for part in whole]


def percent(count: int, people: int) -> int:
    """Of one part of `people`; a half goes up."""
    if not people:
        return 0
    step = _step(people)
    return (2 * count * 100 + people * step) // (2 * people * step) * step


def part_found(count: int, people: int) -> int:
    """The percentage of who finds herself in one of several statements; of fewer than twenty by pairs, "all" with "all but
    one": to the person exact, it would tell with the shares of each statement how one voted who answered fewer than others.
    """
    if people >= ROUGH:
        return percent(count, people)
    low = max(0, min(count, people - 1)) // 2 * 2
    high = people if people - low <= 2 else low + 1
    return STEP * round(100 * (low + high) / (2 * people * STEP)) if people else 0


def _step(people: int) -> int:
    return STEP if people < ROUGH else 1


@dataclass(frozen=True, slots=True)
class StatementFigures:
    """One statement (by its id). `shares`: networks heard, by id; `unheard`: those in the round with fewer than five.

    `mark`: "", "firm" or "fragile"; `failed`: names of the trials it fails (`opinions.firmness.Trial`);
    `marked_at`: since when, ISO. `due_at`: when a shared one without it gets it, if it stays so surely shared; '' where it is
    not sure enough yet.
    """

    statement: int
    finding: Finding
    shares: tuple[NetworkShare, ...]
    unheard: tuple[int, ...] = ()
    mark: str = ""
    failed: tuple[str, ...] = ()
    marked_at: str = ""
    due_at: str = ""

    def of(self, network: int | None) -> NetworkShare | None:
        return next((each for each in self.shares if each.network == network), None)


@dataclass(frozen=True, slots=True)
class NetworkPart:
    """A percentage of those of one network who voted (`people`, at least five)."""

    network: int
    percent: int
    people: int


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """People who answer alike, whatever network they are of. Never named by us; letters by size.

    `typical`: (statement, whether it agrees). `hull`: corners of what holds its people, none of them a person's place.
    """

    people: int
    networks: tuple[NetworkPart, ...]
    typical: tuple[tuple[int, bool], ...]
    centre: Point
    hull: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class OpinionMap:
    """Groups on two axes. `dots`: (x, y, group), only where fifty people or more are on it.

    `axes`: (statement, x, y, mean): with them a reader's own votes give her place (`place`).
    All coordinates are of a grid, and lie between −`EDGE` and `EDGE`; `place` may lie a little beyond.
    """

    groups: tuple[OpinionGroup, ...]
    dots: tuple[tuple[float, float, int], ...] = ()
    axes: tuple[tuple[int, float, float, float], ...] = ()

    def place(self, votes: Mapping[int, int]) -> Point | None:
        """Where one with these votes (statement → 1, 0, −1) stands; None before she has answered any."""
        known = {statement for statement, *_ in self.axes}
        answered = sum(statement in known for statement in votes)
        if not answered:
            return None
        scale = (len(self.axes) / answered) ** 0.5
        x = sum((votes[s] - mean) * ax for s, ax, _, mean in self.axes if s in votes)
        y = sum((votes[s] - mean) * ay for s, _, ay, mean in self.axes if s in votes)
        return (x * scale, y * scale)


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """All that is told of a round. `people` of networks heard count; `apart` answered and do not in this round (0 below five).

    `heard`, `unheard`: networks with five people and more, and with fewer. `shown`: the few statements (ids) that most
    find themselves in; `coverage`: of each network, who agrees with at least one of them.
    """

    people: int
    apart: int
    heard: tuple[int, ...]
    unheard: tuple[int, ...]
    statements: tuple[StatementFigures, ...]
    shown: tuple[int, ...] = ()
    coverage: tuple[NetworkPart, ...] = ()
    map: OpinionMap | None = None

    def of(self, statement: int) -> StatementFigures | None:
        return next((each for each in self.statements if each.statement == statement), None)

    def found(self, finding: Finding) -> tuple[StatementFigures, ...]:
        """Those of one finding, in the order in which they are told."""
        return tuple(each for each in self.statements if each.finding is finding)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The other way round."""
        return cls(
            people=stored["people"],
            apart=stored["apart"],
            heard=tuple(stored["heard"]),
            unheard=tuple(stored["unheard"]),
            statements=tuple(_statement(each) for each in stored["statements"]),
            shown=tuple(stored["shown"]),
            coverage=_parts(stored["coverage"]),
            map=_map(stored["map"]) if stored["map"] else None,
        )


def _statement(stored: dict[str, Any]) -> StatementFigures:
    return StatementFigures(
        **{
            **stored,
            "finding": Finding(stored["finding"]),
            "shares": tuple(map(NetworkShare._make, stored["shares"])),
            "unheard": tuple(stored["unheard"]),
            "failed": tuple(stored["failed"]),
        }
    )


def _parts(stored: Iterable[dict[str, Any]]) -> tuple[NetworkPart, ...]:
    return tuple(NetworkPart(**each) for each in stored)


def _map(stored: dict[str, Any]) -> OpinionMap:
    groups = tuple(
        OpinionGroup(
            people=each["people"],
            networks=_parts(each["networks"]),
            typical=tuple((statement, agrees) for statement, agrees in each["typical"]),
            centre=_point(each["centre"]),
            hull=tuple(_point(corner) for corner in each["hull"]),
        )
        for each in stored["groups"]
    )
    dots = tuple((x, y, group) for x, y, group in stored["dots"])
    axes = tuple((statement, x, y, mean) for statement, x, y, mean in stored["axes"])
    return OpinionMap(groups, dots, axes)


def _point(stored: list[float]) -> Point:
    x, y = stored
    return (x, y)
