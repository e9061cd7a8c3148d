"""What kind of difference both sides say it is, as far as it may be told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from forums.base.constant_sql import select
from forums.groups.networks.models import NETWORK_SHOWN
from forums.groups.networks.references import NetworkRef
from forums.knowledge.differences.models import DifferenceKind
from forums.knowledge.differences.sides import sides_of
from forums.knowledge.results.figures import StatementFigures

# Of fewer nothing is told, and then only of whole fives: what one more says is not to be had by looking twice.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class SideTold:
    """What most of one side say; `kind` None: two kinds are named alike."""

    network: NetworkRef
    kind: DifferenceKind | None


@dataclass(frozen=True, slots=True)
class ToldDifference:
    """What both sides of a statement say, at least five of each."""

    sides: tuple[SideTold, SideTold]

    @property
    def kind(self) -> DifferenceKind | None:
        """Where both say the same."""
        one, other = self.sides
        return one.kind if one.kind == other.kind else None


_SAID = f"""
    WITH said AS (
        SELECT a.statement_id, a.network_id, a.kind,
            row_number() OVER (PARTITION BY a.statement_id, a.network_id ORDER BY a.said_at, a.id) AS place,
            count(*) OVER (PARTITION BY a.statement_id, a.network_id) AS people
        FROM forums_differenceanswer a
            JOIN unnest(%(statements)s::bigint[], %(networks)s::bigint[]) AS asked (statement_id, network_id)
                USING (statement_id, network_id)
    )
    SELECT s.statement_id, n.id, n.name, n.slug, n.colour, n.emblem, s.kind, count(*)
    FROM said s JOIN forums_network n ON n.id = s.network_id
    WHERE s.place <= s.people - s.people %% {ENOUGH} AND {NETWORK_SHOWN.sql}
    GROUP BY s.statement_id, n.id, s.kind
"""  # noqa: S608 - made of constants


def kinds_of_difference(figures: Iterable[StatementFigures]) -> dict[int, ToldDifference]:
    """By statement (id), of those on which networks differ and enough of both sides have said it: one query.

    Figures come from `results.access.figures_for` alone: who may not see those, sees none of this.
    """
    sides = {each.statement: between for each in figures if (between := sides_of(each))}
    if not sides:
        return {}
    pairs = [(statement, network) for statement, between in sides.items() for network in between]
    counted: dict[tuple[int, int], dict[DifferenceKind, int]] = defaultdict(dict)
    networks: dict[int, NetworkRef] = {}
    for statement, network, *named, kind, people in select(
        _SAID, statements=[one for one, _ in pairs], networks=[other for _, other in pairs]
    ):
        networks[network] = NetworkRef.of(*named)
        counted[statement, network][DifferenceKind(kind)] = people
    return {
        statement: ToldDifference(
            (
                SideTold(networks[one], _most(counted[statement, one])),
                SideTold(networks[other], _most(counted[statement, other])),
            )
        )
        for statement, (one, other) in sides.items()
        if (statement, one) in counted and (statement, other) in counted
    }


def _most(said: dict[DifferenceKind, int]) -> DifferenceKind | None:
    """The kind most of them name; None where two are named alike."""
    first, *rest = sorted(said, key=lambda kind: -said[kind])
    return None if rest and said[rest[0]] == said[first] else first
