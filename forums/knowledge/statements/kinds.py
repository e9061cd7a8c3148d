"""What is held of a person who wrote a statement, or looked at one."""

from django.utils.translation import gettext_lazy as _

from forums.base.personal import Area, Leaves, Until, acted, holds
from forums.knowledge.statements.actions import empty_statements
from forums.knowledge.statements.models import Statement

holds(
    Statement,
    "author",
    what=_("Statements you wrote, and what became of them"),
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.STAYS.label,
    but=("key", "extremity"),
    eraser=empty_statements,
)
acted(Statement, "looked_by")
