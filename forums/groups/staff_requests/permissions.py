"""Who may ask the moderators for what about a network."""

from typing import Any

from forums.groups.memberships.models import Role, role_in
from forums.groups.networks.models import Network
from forums.groups.staff_requests.models import StaffRequestKind


def requests_open_to(member: Any, network: Network) -> list[StaffRequestKind]:
    """What `member` may ask the moderators for: coordinators to be verified, others to take over
    what nobody has confirmed for twelve months."""
    if not (member.is_authenticated and member.is_active and network.is_open):
        return []
    if role_in(member, network.pk) == Role.COORDINATOR:
        return [] if network.verified_at else [StaffRequestKind.VERIFY]
    return [StaffRequestKind.TAKE_OVER] if network.is_stale else []
