"""What the ledger registers elsewhere: where pictures stand."""

from typing import Any

from django.db.models import Q

from forums.groups.memberships.models import roles_of
from forums.pictures.registry import pictures_stand_in


@pictures_stand_in
def in_ledgers(member: Any) -> Q:
    """In the books of a network that shows its money; its coordinators see them closed, too."""
    shown = Q(
        ledger_line__deleted_at=None,
        ledger_line__network__ledger_since__isnull=False,
        ledger_line__network__hidden_at=None,
    )
    coordinates = [pk for pk, mine in roles_of(member).items() if mine.coordinates]
    return shown | Q(ledger_line__network__in=coordinates)
