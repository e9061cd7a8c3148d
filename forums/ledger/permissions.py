"""Who may read a network's money, and who keeps its books."""

from typing import Any

from forums.groups.memberships.models import Role, role_in
from forums.groups.memberships.permissions import can_coordinate
from forums.groups.networks.models import Network


def can_read_money(member: Any, network: Network) -> bool:
    """Everyone once it is open; before that, and after it was closed, coordinators only."""
    return network.ledger_since is not None or role_in(member, network.pk) == Role.COORDINATOR


def can_keep_books(member: Any, network: Network) -> bool:
    """Writes lines, and opens or closes the ledger to readers."""
    return can_coordinate(member, network)
