"""Memberships put in and taken out, with what is counted along. Called by actions, the network's row locked."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from forums.groups.memberships.models import Membership, Role, forget_roles
from forums.groups.networks.models import Network
from forums.groups.networks.ties import tie_members

if TYPE_CHECKING:
    from accounts.models import Member


def admit(
    network: Network,
    member: "Member",
    *,
    role: str = Role.MEMBER,
    joined_at: datetime | None = None,
) -> Membership:
    """Put `member` in. Raises IntegrityError for one who is in already: ask first."""
    now = joined_at or timezone.now()
    membership = Membership.objects.create(
        network=network, member=member, role=role, joined_at=now, sort_key=member.sort_key
    )
    _count(network, member, 1, last_active_at=now)
    return membership


def let_go(membership: Membership) -> None:
    """Take a membership (with its network and member loaded) out."""
    network, member = membership.network, membership.member
    membership.delete()
    _count(network, member, -1)


def _count(network: Network, member: "Member", change: int, **fields: datetime) -> None:
    network.member_count += change
    # One write with what else changed: a network's row is wide, and stands in many indexes.
    Network.objects.filter(pk=network.pk).update(member_count=F("member_count") + change, **fields)
    others = Membership.objects.filter(member=member).values_list("network_id", flat=True)
    tie_members(network.pk, others, change)
    forget_roles(member)
