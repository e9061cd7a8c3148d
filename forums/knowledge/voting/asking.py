"""Which statement is asked next: what says most, what is new, what others did not pass on."""

import random
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.crypto import salted_hmac

from forums.base.constant_sql import select
from forums.knowledge.statements.models import STATEMENT_OPEN, UNTOLD_PULL
from forums.knowledge.voting.models import Ballot

# Pol.is, math/conversation.clj: a new statement is asked up to nine times as often, half as much after five answers.
NEW = 8
HALF = 5


class Askable(NamedTuple):
    """Of a statement what its priority asks for: a row, for two hundred are read with each answer."""

    number: int
    answered: int = 0
    pull: float = UNTOLD_PULL


def pull(*, people: int, agree: int, passed: int, extremity: float) -> float:
    """(1 − p_pass)(1 + E) p_agree, of so many people; E is how far the statement lies from the middle.

    Of votes as they are told: of those of the moment, what a member is asked next would tell how others answered.
    """
    return (1 - (passed + 1) / (people + 2)) * (1 + extremity) * (agree + 1) / (people + 2)


def priority(statement: Askable) -> float:
    """[(1 − p_pass)(1 + E) p_agree (1 + 8·2^(−S/5))]², by Pol.is."""
    new = 1 + NEW * 2 ** (-statement.answered / HALF)
    return (statement.pull * new) ** 2


# Asked after each answer.
_UNANSWERED = f"""
    SELECT s.number, s.answered, s.pull FROM forums_statement s
    WHERE s.topic_id = %(topic)s AND {STATEMENT_OPEN.sql} AND NOT EXISTS (
        SELECT FROM forums_statementvote v WHERE v.ballot_id = %(ballot)s AND v.statement_id = s.id
    )
    ORDER BY s.number
"""  # noqa: S608 - made of constants


def unanswered(topic_id: int, ballot: Ballot | None) -> list[Askable]:
    """The open statements of a topic that she has not answered, with what the priority asks of them: one query."""
    found = select(_UNANSWERED, topic=topic_id, ballot=ballot.pk if ballot else 0)
    return [*map(Askable._make, found)]


def chance_of(round_id: int, member_id: int, answered: int) -> random.Random:
    """Chance as it falls for her next card: whoever asks again draws the same, and cannot count in many drawings what
    others answered."""
    drawn = salted_hmac(__name__, f"{round_id} {member_id} {answered}", algorithm="sha256")
    return random.Random(drawn.hexdigest())  # noqa: S311 - nobody knows the key


def next_card(
    statements: Sequence[Askable], *, chance: random.Random | None = None
) -> Askable | None:
    """One of them, the likelier the higher its priority; None when there is none left.

    Without the `chance` of a member any, each as likely: a visitor may draw as often as she likes.
    """
    if not statements:
        return None
    if chance is None:
        return random.SystemRandom().choice(statements)
    return chance.choices(statements, [priority(each) for each in statements])[0]
