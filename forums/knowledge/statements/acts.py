"""What a reader may do with one statement, as templates/statements/_acts.html offers it."""

from typing import Any, NamedTuple

from forums.base.visibility import is_signed_in
from forums.knowledge.statements.models import Fate, Statement
from forums.knowledge.statements.permissions import can_look_at, can_take_back


class StatementActs(NamedTuple):
    """`look`: decide on it while it waits; `part`: make several of it; `report`: say that something is wrong with it."""

    look: bool
    part: bool
    take_back: bool
    report: bool


def acts_on(member: Any, statement: Statement) -> StatementActs:
    """Those `member` (or a visitor) may; the statement's topic and board are loaded. No query of its own."""
    if not is_signed_in(member):
        return StatementActs(look=False, part=False, take_back=False, report=True)
    decides = can_look_at(member, statement)
    return StatementActs(
        look=decides and statement.fate is Fate.WAITING,
        part=decides and statement.fate is Fate.OPEN,
        take_back=can_take_back(member, statement),
        report=statement.author_id != member.pk,
    )
