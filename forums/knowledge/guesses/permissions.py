"""Who may guess."""

from forums.knowledge.results.access import ResultsAccess
from forums.knowledge.voting.permissions import OWN_FIRST


def can_guess(access: ResultsAccess) -> bool:
    """Who has answered enough herself; also when the round is over."""
    least = min(OWN_FIRST, access.topic.statement_count)
    return access.may_see and access.ballot is not None and access.ballot.answered >= least
