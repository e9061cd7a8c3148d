"""Telling whoever wrote a statement what became of it; never who decided."""

from forums.knowledge.statements.models import Statement
from forums.notifications.telling import tell

DECIDED = "statement-decided"
WAIT = "statements-waiting"


def tell_author(statement: Statement) -> None:
    """Called by actions, when it was decided; once for each thing that may become of it."""
    tell(
        DECIDED,
        key=f"{DECIDED}-{statement.pk}-{statement.fate.value}",
        members=[statement.author_id],
        data={"statement": statement.pk},
    )
