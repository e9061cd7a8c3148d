"""What only she looks after: networks and organisations that others must take over before she goes. Reads only."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.groups.memberships.models import Membership, Role
from forums.groups.organisations.models import Representative


@dataclass(frozen=True, slots=True)
class OnlyHers:
    """Something that has nobody but her."""

    name: str
    url: str


def what_hinders(member: Member) -> list[OnlyHers]:
    """Why she cannot go just now: her duty as a moderator, and what only she looks after."""
    duty = [OnlyHers(_("Your duty as a moderator"), "/contact/")] if member.is_staff else []
    return duty + only_hers(member.pk)


def only_hers(member_id: int) -> list[OnlyHers]:
    """Living networks others are in whose only coordinator she is; organisations with others whose only keeper she is."""
    mine = Membership.objects.filter(
        member=member_id, role=Role.COORDINATOR, network__archived_at=None
    )
    others = Membership.objects.filter(network=OuterRef("network")).exclude(member=member_id)
    alone = mine.filter(Exists(others), ~Exists(others.filter(role=Role.COORDINATOR)))
    found = [
        OnlyHers(each.network.name, f"{each.network.get_absolute_url()}members/")
        for each in alone.select_related("network").order_by("pk")
    ]
    hers = Representative.objects.filter(member=member_id, is_coordinator=True)
    beside = Representative.objects.filter(
        organisation=OuterRef("organisation"), confirmed_at__isnull=False
    ).exclude(member=member_id)
    kept = hers.filter(Exists(beside), ~Exists(beside.filter(is_coordinator=True)))
    found += [
        OnlyHers(each.organisation.name, each.organisation.get_absolute_url())
        for each in kept.select_related("organisation").order_by("pk")
    ]
    return found
