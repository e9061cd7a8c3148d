"""What the ledger registers elsewhere: where pictures stand."""

from typing import Any

from django.db.models import Q

from forums.ledger.models import LINE_DOCUMENT
from forums.pictures.registry import pictures_stand_in


@pictures_stand_in
def in_ledgers(member: Any) -> Q:
    """In the books of a network that shows its money; its coordinators see them closed, too."""
    return LINE_DOCUMENT.q(member, "ledger_line__")
