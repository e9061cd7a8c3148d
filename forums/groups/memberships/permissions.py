"""Who may do what in a network, by her role there."""

from collections.abc import Collection
from typing import Any

from forums.base.errors import NotAllowed
from forums.groups.memberships.models import MODERATES, SPEAKS, Membership, Role, role_in
from forums.groups.networks.models import Network


def can_coordinate(member: Any, network: Network) -> bool:
    """Changes the page, answers requests, invites, gives roles, opens boards."""
    return network.is_open and role_in(member, network.pk) == Role.COORDINATOR


def can_speak_for(member: Any, network: Network) -> bool:
    """May say something in the network's name: its view of a topic, a post of its own."""
    return network.is_open and role_in(member, network.pk) in SPEAKS


def can_moderate_in(member: Any, network_id: int | None) -> bool:
    """Keeps order in the network's boards; the site's moderators do everywhere."""
    if not (member.is_authenticated and member.is_active):
        return False
    return bool(member.is_staff or (network_id and role_in(member, network_id) in MODERATES))


def moderator_ids(network_id: int) -> list[int]:
    """Who keeps order in its boards and is none of the site's moderators, who hear of it as such."""
    found = Membership.objects.filter(network=network_id, role__in=MODERATES)
    theirs = found.filter(member__is_active=True, member__is_staff=False)
    return list(theirs.order_by("member_id").values_list("member_id", flat=True))


def require_role(
    member: Any, network: Network, roles: Collection[str] = (Role.COORDINATOR,)
) -> Membership:
    """The membership of `member`, as it is now. Raises NotAllowed for another role, or none.

    Call with the network's row locked (`networks.locks`): whoever lost her role while her form was
    open is refused, because every change of a role takes that lock too.
    """
    found = Membership.objects.filter(network=network.pk, member=member.pk, role__in=roles).first()
    if found is None or not member.is_active:
        raise NotAllowed
    return found


def coordinator_ids(network_id: int) -> list[int]:
    """Whom an email to the network goes to."""
    found = Membership.objects.filter(network=network_id, role=Role.COORDINATOR)
    return list(found.order_by("member_id").values_list("member_id", flat=True))


def coordinates_now(member_id: int | None, network_id: int) -> bool:
    """Does she coordinate it at this moment, hidden or archived as it may be? For letters, as they are sent."""
    found = Membership.objects.filter(network=network_id, member=member_id, role=Role.COORDINATOR)
    return found.exists()


def can_read_history(member: Any, network: Network) -> bool:
    """Every line of it: its coordinators, also of an archived one, and the site's moderators."""
    return bool(member.is_staff) or role_in(member, network.pk) == Role.COORDINATOR
