"""What a reader may do with one statement, as templates/statements/_acts.html offers it."""

from typing import Any, NamedTuple

from forums.base.visibility import is_signed_in
from forums.groups.memberships.permissions import can_moderate_in
from forums.knowledge.statements.models import Fate, Statement
from forums.knowledge.statements.permissions import can_look_at, can_take_back


class StatementActs(NamedTuple):
    """`look`: decide on it while it waits; `part`: make several of it; `report`: say that something is wrong with it;
    `keep_order`: take it out of sight, and show it again."""

    look: bool
    part: bool
    take_back: bool
    report: bool
    keep_order: bool
    hers: bool


def acts_on(member: Any, statement: Statement) -> StatementActs:
    """Those `member` (or a visitor) may; the statement's topic and board are loaded. No query of its own."""
    if not is_signed_in(member):
        return StatementActs(
            look=False, part=False, take_back=False, report=True, keep_order=False, hers=False
        )
    decides, hers = can_look_at(member, statement), statement.author_id == member.pk
    return StatementActs(
        look=decides and statement.fate is Fate.WAITING,
        part=decides and statement.fate is Fate.OPEN,
        take_back=can_take_back(member, statement),
        report=not hers,
        keep_order=not hers and can_moderate_in(member, statement.topic.board.network_id),
        hers=hers,
    )
