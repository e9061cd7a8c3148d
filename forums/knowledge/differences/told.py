"""What kind of difference both sides say it is, as far as it may be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from json import loads

from forums.base.constant_sql import select
from forums.groups.networks.models import NETWORK_SHOWN
from forums.groups.networks.references import NetworkRef
from forums.knowledge.differences.models import DifferenceKind
from forums.knowledge.differences.sides import sides_of
from forums.knowledge.results.figures import StatementFigures


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
    SELECT d.statement_id, n.id, n.name, n.slug, n.colour, n.emblem, d.people -> n.id::text
    FROM unnest(%(statements)s::bigint[], %(networks)s::bigint[]) AS asked (statement_id, network_id)
        JOIN forums_publisheddifference d USING (statement_id)
        JOIN forums_network n ON n.id = asked.network_id
    WHERE d.people ? n.id::text AND {NETWORK_SHOWN.sql}
"""  # noqa: S608 - made of constants


def kinds_of_difference(figures: Iterable[StatementFigures]) -> dict[int, ToldDifference]:
    """By statement (id), of those on which networks differ and enough of both sides have said it: one query.

    Figures come from `results.access.figures_for` alone: who may not see those, sees none of this.
    """
    sides = {each.statement: between for each in figures if (between := sides_of(each))}
    if not sides:
        return {}
    pairs = [(statement, network) for statement, between in sides.items() for network in between]
    said: dict[tuple[int, int], SideTold] = {}
    for statement, network, *named, people in select(
        _SAID, statements=[one for one, _ in pairs], networks=[other for _, other in pairs]
    ):
        said[statement, network] = SideTold(NetworkRef.of(*named), _most(loads(people)))
    return {
        statement: ToldDifference((said[statement, one], said[statement, other]))
        for statement, (one, other) in sides.items()
        if (statement, one) in said and (statement, other) in said
    }


def _most(said: Mapping[str, int]) -> DifferenceKind | None:
    """The kind most of them name; None where two are named alike."""
    first, *rest = sorted(said, key=lambda kind: -said[kind])
    return None if rest and said[rest[0]] == said[first] else DifferenceKind(first)
