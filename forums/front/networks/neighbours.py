"""What a network has to do with others: how much of its talk crosses over, and its neighbours drawn.

Reads only, one query.
"""

from dataclasses import dataclass
from itertools import combinations
from math import cos, dist, log2, pi, sin
from typing import Any, NamedTuple

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forums.base.constant_sql import select
from forums.groups.networks.models import NETWORK_LISTED, Audience, Network, network_url
from forums.groups.networks.references import NetworkRef
from forums.text.thai import truncate

ENOUGH = 20  # replies, before they say anything
NEIGHBOURS = 12
WIDTH, HEIGHT = 640, 420  # of the drawing
_MIDDLE = (WIDTH / 2, HEIGHT / 2)
_ACROSS, _UP = 130, 180  # from there to the neighbours: names need the margins at the sides
_NAME_LENGTH = 18
_MINUTE = 60

SHOWN = [str(Audience.EVERYONE), str(Audience.MEMBERS)]  # whose members are no secret

Place = tuple[float, float]
Tie = tuple[int, int, int, int]  # two networks, topics and members they share

# How many replies stayed and how many crossed; the strongest neighbours, by topics and members shared
# (the index tie_strongest); the ties among them. Members are counted only between networks that show
# theirs: who keeps them to itself is not given away by a number.
_TIES = f"""
    WITH strongest AS MATERIALIZED (
        SELECT n.id, n.name, n.slug, n.colour, n.emblem, tie.topics,
            CASE WHEN %(shown)s AND n.members_shown_to = ANY(%(open)s) THEN tie.members ELSE 0 END
                AS members,
            n.members_shown_to = ANY(%(open)s) AS shown
        FROM forums_tie tie JOIN forums_network n ON n.id = tie.target_id
        WHERE tie.source_id = %(network)s AND tie.target_id <> tie.source_id
            AND tie.topics + tie.members > 0 AND {NETWORK_LISTED.sql}
            AND (tie.topics > 0 OR (%(shown)s AND n.members_shown_to = ANY(%(open)s)))
        ORDER BY tie.topics + tie.members DESC, tie.target_id LIMIT %(limit)s
    )
    (SELECT 'replies', NULL::bigint, NULL, NULL, NULL, NULL,
        coalesce(sum(replies) FILTER (WHERE target_id = source_id), 0)::bigint,
        coalesce(sum(replies) FILTER (WHERE target_id <> source_id), 0)::bigint
     FROM forums_tie WHERE source_id = %(network)s)
    UNION ALL
    (SELECT 'neighbour', id, name, slug, colour, emblem, topics, members FROM strongest
     ORDER BY topics + members DESC, id)
    UNION ALL
    (SELECT 'among', t.source_id, t.target_id::text, NULL, NULL, NULL, t.topics,
        CASE WHEN a.shown AND b.shown THEN t.members ELSE 0 END
     FROM forums_tie t JOIN strongest a ON a.id = t.source_id JOIN strongest b ON b.id = t.target_id
     WHERE t.source_id < t.target_id AND (t.topics > 0 OR (t.members > 0 AND a.shown AND b.shown))
     ORDER BY t.source_id, t.target_id)
"""  # noqa: S608 - made of constants


class Neighbour(NamedTuple):
    """A network, and how many topics and members it shares with the one whose page this is."""

    pk: int
    name: str
    slug: str
    colour: str
    emblem: str
    topics: int = 0
    members: int = 0


def external_internal(external: int, internal: int) -> float:
    """The E–I index, (E − I) / (E + I): −1 when all talk stays inside, 1 when all of it crosses.

    D. Krackhardt and R. N. Stern (1988), "Informal networks and organizational crises: an
    experimental simulation", Social Psychology Quarterly 51(2), 123–140. Here E are replies spoken
    from this network that answer posts spoken from another, I those that answer its own.
    Raises ZeroDivisionError when there are none.
    """
    return (external - internal) / (external + internal)


@dataclass(frozen=True, slots=True)
class Crossing:
    """How much of a network's talk crosses to others, for networks/_neighbours.html."""

    external: int
    internal: int

    @property
    def all(self) -> int:
        return self.external + self.internal

    @property
    def index(self) -> str:
        """Two decimals, with a true minus sign."""
        value = round(external_internal(self.external, self.internal), 2)
        return f"{value or 0:.2f}".replace("-", "−")

    @property
    def words(self) -> str:
        """In tenths; what rounds to none or to all without being so is said as it is."""
        tenths = round(10 * self.external / self.all)
        if self.external and not tenths:
            return _("Less than 1 in 10 of its replies crosses to other networks")
        if self.internal and tenths == 10:
            return _("More than 9 in 10 of its replies cross to other networks")
        return _("%(n)d in 10 of its replies cross to other networks") % {"n": tenths}


@dataclass(slots=True)
class Node(NetworkRef):
    """A network in the drawing: its bead at x, y; its name `aside` and `below` of it, from `anchor` on."""

    number: int  # 0 for the network itself
    short: str
    topics: int
    members: int
    x: float
    y: float
    aside: str
    below: str
    anchor: str

    @property
    def at(self) -> str:
        return f"{self.x:g} {self.y:g}"


@dataclass(frozen=True, slots=True)
class Strand:
    """All between two beads that look alike: "topics" (dashed) or "members" (whole); width 1.5 to 6."""

    kind: str
    width: float
    ends: list[tuple[Place, Place]]

    @property
    def stroke(self) -> str:
        return f"{self.width:g}"

    @property
    def path(self) -> str:
        return "".join(f"M{x1:g} {y1:g}L{x2:g} {y2:g}" for (x1, y1), (x2, y2) in self.ends)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Neighbours as a drawing."""

    lines: list[Strand]
    nodes: list[Node]  # the network itself first
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def rows(self) -> list[Node]:
        """The same as a table: the neighbours, the strongest first."""
        return self.nodes[1:]


def section(network: Network) -> str:
    """The part of a network's page about its neighbours as HTML: the same for everybody, kept a minute."""
    cache, key = caches["process"], f"neighbours:{network.pk}:{get_language()}"
    html: str | None = cache.get(key)
    if html is None:
        html = render_to_string(
            "networks/_neighbours.html", context(network, None) | {"network": network}
        )
        cache.set(key, html, _MINUTE)
    return html


def context(network: Network, member: Any) -> dict[str, Any]:
    """For networks/_neighbours.html: `crossing` (None below 20 replies) and `neighbours`.

    Everybody sees the same, whoever `member` is: counts alone, and no hidden or archived network.
    """
    found: list[Neighbour] = []
    among: list[Tie] = []
    crossing = None
    rows = select(
        _TIES,
        network=network.pk,
        limit=NEIGHBOURS,
        open=SHOWN,
        shown=network.members_shown_to in SHOWN,
    )
    for what, pk, name, slug, colour, emblem, topics, members in rows:
        if what == "neighbour":
            found.append(Neighbour(pk, name, slug, colour, emblem, topics, members))
        elif what == "among":
            among.append((pk, int(name), topics, members))
        elif (external := members) + (internal := topics) >= ENOUGH:
            crossing = Crossing(external, internal)
    if not found:
        return {"crossing": crossing, "neighbours": None}
    own = [(network.pk, each.pk, each.topics, each.members) for each in found]
    place = _layout(network.pk, [each.pk for each in found], among)
    itself = Neighbour(network.pk, network.name, network.slug, network.colour, network.emblem)
    nodes = [_node(number, each, place[each.pk]) for number, each in enumerate([itself, *found])]
    return {
        "crossing": crossing,
        "neighbours": Drawing(_lines([*among, *own], place), nodes),
    }


def _node(number: int, network: Neighbour, place: Place) -> Node:
    x, y = place
    if number == 0:
        beside, anchor = ("0", "42"), "middle"
    elif x < WIDTH / 2:
        beside, anchor = ("-22", "5"), "end"
    else:
        beside, anchor = ("22", "5"), "start"
    return Node(
        name=network.name,
        url=network_url(network.slug),
        colour=network.colour,
        emblem=network.emblem,
        number=number,
        short=truncate(network.name, _NAME_LENGTH),
        topics=network.topics,
        members=network.members,
        x=x,
        y=y,
        aside=beside[0],
        below=beside[1],
        anchor=anchor,
    )


def _lines(ties: list[Tie], place: dict[int, Place]) -> list[Strand]:
    """One line for each kind of bond; two stand side by side. Those that look alike are one path."""
    found: dict[tuple[str, float], list[tuple[Place, Place]]] = {}
    for one, other, topics, members in ties:
        (x1, y1), (x2, y2) = place[one], place[other]
        bonds = [(kind, n) for kind, n in (("members", members), ("topics", topics)) if n]
        length = dist((x1, y1), (x2, y2)) or 1.0
        across = ((y1 - y2) / length, (x2 - x1) / length)
        for side, (kind, n) in zip((-4, 4) if len(bonds) == 2 else (0,), bonds, strict=True):
            dx, dy = across[0] * side, across[1] * side
            ends = (
                (round(x1 + dx, 1), round(y1 + dy, 1)),
                (round(x2 + dx, 1), round(y2 + dy, 1)),
            )
            width = round(2 * min(6.0, 1.5 + log2(n))) / 2
            found.setdefault((kind, width), []).append(ends)
    return [Strand(kind, width, ends) for (kind, width), ends in sorted(found.items())]


def _layout(own: int, beads: list[int], ties: list[Tie]) -> dict[int, Place]:
    """Where each bead stands, in units of the drawing; the same ties always give the same places.

    The network itself is the middle, its neighbours stand round it, those that have much to do with one
    another side by side: two are exchanged as long as that makes the lines between neighbours shorter, all
    in all, each as heavy as its bond. The shortest in all as the aim: E. Mäkinen (1988), "On circular
    layouts", International Journal of Computer Mathematics 24, 29–37. Three milliseconds at most.
    """
    slots = _slots(len(beads))
    order = {pk: n for n, pk in enumerate(beads)}
    bonds: dict[int, list[tuple[int, float]]] = {pk: [] for pk in beads}
    for one, other, topics, members in ties:
        weight = 1 + log2(1 + topics + members)
        bonds[one].append((other, weight))
        bonds[other].append((one, weight))

    def length(*moved: int) -> float:
        return sum(
            weight * dist(slots[order[pk]], slots[order[other]])
            for pk in moved
            for other, weight in bonds[pk]
        )

    def exchange(one: int, other: int) -> bool:
        before = length(one, other)
        order[one], order[other] = order[other], order[one]
        if length(one, other) < before - 0.1:  # less is rounding, and might go round for ever
            return True
        order[one], order[other] = order[other], order[one]
        return False

    while sum(exchange(one, other) for one, other in combinations(beads, 2)):
        pass
    return {pk: slots[n] for pk, n in order.items()} | {own: _MIDDLE}


def _slots(many: int) -> list[Place]:
    """Places round the middle, clockwise from the top; none at the bottom, where the network's name is.

    Of an odd number of places no two are opposite, so no line runs through the middle.
    """
    step = 2 * pi / (many if many % 2 else many + 1)
    first = 0.0 if many % 2 else step / 2
    angles = [first + n * step for n in range(many + 1)]
    if many % 2 == 0:
        del angles[many // 2]
    return [
        (round(_MIDDLE[0] + _ACROSS * sin(each), 1), round(_MIDDLE[1] - _UP * cos(each), 1))
        for each in angles[:many]
    ]
