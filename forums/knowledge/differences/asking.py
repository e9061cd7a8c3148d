"""Who is asked what kind of difference it is, and what she said."""

from dataclasses import dataclass
from typing import Any

from forums.knowledge.differences.models import DifferenceAnswer, DifferenceKind
from forums.knowledge.differences.sides import sides_of
from forums.knowledge.results.access import ResultsAccess
from forums.knowledge.results.figures import StatementFigures
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.permissions import can_vote


@dataclass(frozen=True, slots=True)
class AskedDifference:
    """The question, to one who counted for `network`, one of the two sides; `said`: her answer until now."""

    network: int
    said: DifferenceKind | None

    @property
    def kinds(self) -> list[DifferenceKind]:
        return list(DifferenceKind)


def asked_of(
    member: Any, access: ResultsAccess, figures: StatementFigures | None, statement: Statement
) -> AskedDifference | None:
    """The question, if `member`, whose access it is, is asked: her ballot counts for one of the two networks farthest apart, and she answered the
    statement. One query at most; none of who is on neither side."""
    sides, ballot = sides_of(figures), access.ballot
    if sides is None or ballot is None or not ballot.counts or ballot.network_id not in sides:
        return None
    if not can_vote(member, access.topic):
        return None
    if statement.pk not in access.votes:
        return None
    found = DifferenceAnswer.objects.filter(statement=statement, member=member)
    said = found.values_list("kind", flat=True).first()
    return AskedDifference(ballot.network_id, DifferenceKind(said) if said else None)
