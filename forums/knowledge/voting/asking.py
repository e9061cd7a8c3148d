"""Which statement is asked next: what says most, what is new, what others did not pass on."""

import random
from collections.abc import Sequence

from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import Ballot, StatementVote

# Pol.is, math/conversation.clj: a new statement is asked up to nine times as often, half as much after five answers.
NEW = 8
HALF = 5
_ASKED = ("number", "answered", "agreed", "passed", "extremity")


def priority(statement: Statement) -> float:
    """[(1 − p_pass)(1 + E) p_agree (1 + 8·2^(−S/5))]², by Pol.is; E is how far it lies from the middle."""
    answered = statement.answered
    passes = (statement.passed + 1) / (answered + 2)
    agrees = (statement.agreed + 1) / (answered + 2)
    new = 1 + NEW * 2 ** (-answered / HALF)
    return ((1 - passes) * (1 + statement.extremity) * agrees * new) ** 2


def unanswered(topic_id: int, ballot: Ballot | None) -> list[Statement]:
    """The open statements of a topic that she has not answered, with what the priority asks of them: one query."""
    found = Statement.objects.open().filter(topic=topic_id).only(*_ASKED).order_by("number")
    if ballot is not None:
        done = StatementVote.objects.filter(ballot=ballot).values("statement_id")
        found = found.exclude(pk__in=done)
    return list(found)


def next_card(
    statements: Sequence[Statement], *, chance: random.Random | None = None
) -> Statement | None:
    """One of them, the likelier the higher its priority; None when there is none left."""
    if not statements:
        return None
    weights = [priority(each) for each in statements]
    return (chance or random.SystemRandom()).choices(statements, weights)[0]
