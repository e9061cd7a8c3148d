"""Organisations become members of networks, and leave them: both sides agree, either takes it back.

The network's row is locked before the organisation's, so of two sides that agree or part at once the
second finds what the first did.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import NotAllowed, Stale
from forums.base.limits import fitting_line
from forums.base.published import published
from forums.groups.memberships.permissions import coordinator_ids, require_role
from forums.groups.networks.locks import lock_network
from forums.groups.networks.models import EventKind, Network
from forums.groups.networks.recording import record_event
from forums.groups.organisations.actions import lock_organisation, tell_of_claims
from forums.groups.organisations.models import (
    NOTE_LENGTH,
    NetworkOrganisation,
    Organisation,
    Representative,
)
from forums.groups.organisations.permissions import can_look_after
from forums.notifications.telling import tell

if TYPE_CHECKING:
    from accounts.models import Member


class Side(StrEnum):
    NETWORK = "network"
    ORGANISATION = "organisation"


@transaction.atomic
def agree(
    *,
    member: "Member",
    network: Network,
    organisation: Organisation,
    side: Side,
    note: str | None = None,
) -> NetworkOrganisation:
    """Say for one side that the organisation is, or shall be, in the network.

    The first side's word is an invitation (or a wish to join), the second's makes it a member. Said
    twice, it is said once. `note` is what the network says of it in a few words; None leaves it.
    Raises BadText or NotAllowed.
    """
    looked = published(member, "" if note is None else fitting_line(note, NOTE_LENGTH))
    note = None if note is None else looked.texts[0]
    network, organisation = _locked(member, network, organisation, side, opened=True)
    now = timezone.now()
    tie = NetworkOrganisation.objects.filter(network=network, organisation=organisation).first()
    is_new = tie is None
    tie = tie or NetworkOrganisation(network=network, organisation=organisation, asked_at=now)
    was_member = tie.is_confirmed
    if side == Side.NETWORK and tie.by_network_at is None:
        tie.by_network_at, tie.by_network = now, member
    if side == Side.ORGANISATION and tie.by_organisation_at is None:
        tie.by_organisation_at, tie.by_organisation = now, member
    if note is not None and side == Side.NETWORK:
        tie.note = note
        looked.of("network", network)
    tie.save()
    if tie.is_confirmed and not was_member:
        Network.objects.filter(pk=network.pk).update(organisation_count=F("organisation_count") + 1)
        record_event(
            network.pk, EventKind.ORGANISATION_JOINED, actor=member, organisation=organisation
        )
        tell_of_claims(organisation)
        _tell_who_asked(tie, side, member, yes=True)
    elif is_new:
        _tell_the_other(tie, side, member)
    return tie


@transaction.atomic
def part(*, member: "Member", network: Network, organisation: Organisation, side: Side) -> bool:
    """Take an organisation out of the network, or take back (or decline) what was asked, for one side.

    Returns whether it was a member. The network's home organisation stays it no longer.
    Raises NotAllowed, or Stale when the other side was quicker.
    """
    network, organisation = _locked(member, network, organisation, side, opened=False)
    tie = NetworkOrganisation.objects.filter(network=network, organisation=organisation).first()
    if tie is None:
        raise Stale(_("This was taken back meanwhile."))
    was_member = tie.is_confirmed
    tie.delete()
    if was_member:
        if organisation.hidden_at is None:  # a hidden one is not counted
            fewer = F("organisation_count") - 1
            Network.objects.filter(pk=network.pk).update(organisation_count=fewer)
        Network.objects.filter(pk=network.pk, home=organisation).update(home=None)
        record_event(
            network.pk, EventKind.ORGANISATION_LEFT, actor=member, organisation=organisation
        )
    else:
        _tell_who_asked(tie, side, member, yes=False)
    return was_member


def _locked(
    member: "Member", network: Network, organisation: Organisation, side: Side, *, opened: bool
) -> tuple[Network, Organisation]:
    """Both, locked, and `member` one who speaks for this side. Raises NotAllowed.

    Nobody joins an archived network, nor is anything changed on its side; an organisation may leave it.
    """
    network = lock_network(network.pk)
    organisation = lock_organisation(organisation.pk)
    if not network.is_open and (opened or side == Side.NETWORK):
        raise NotAllowed
    if opened and not organisation.is_open:
        raise NotAllowed
    if side == Side.NETWORK:
        require_role(member, network)
    elif not can_look_after(member, organisation):
        raise NotAllowed
    return network, organisation


def _tell_who_asked(tie: NetworkOrganisation, side: Side, member: "Member", *, yes: bool) -> None:
    """What this side says to what the other one asked; to nobody, where it takes back what it asked itself."""
    asker = tie.by_organisation_id if side == Side.NETWORK else tie.by_network_id
    tell(
        "organisation_answered",
        key=f"organisation-tie-{tie.network_id}-{tie.organisation_id}-answered",
        members=filter(None, [asker]),
        actor=member,
        data={
            "network": tie.network_id,
            "organisation": tie.organisation_id,
            "side": side,
            "yes": yes,
        },
        daily=True,
    )


def _tell_the_other(tie: NetworkOrganisation, side: Side, member: "Member") -> None:
    """Whoever has to answer now."""
    if side == Side.ORGANISATION:
        kind = "organisation_asks"
        members = coordinator_ids(tie.network_id)
    else:
        kind = "organisation_invited"
        theirs = Representative.objects.filter(organisation=tie.organisation_id)
        members = list(theirs.filter(is_coordinator=True).values_list("member_id", flat=True))
        if not members:  # whoever registered it, as long as nobody is confirmed
            hers = theirs.filter(member=tie.organisation.created_by_id)
            members = list(hers.values_list("member_id", flat=True))
    tell(
        kind,
        key=f"organisation-tie-{tie.network_id}-{tie.organisation_id}-{side}",
        members=members,
        actor=member,
        data={"tie": tie.pk, "network": tie.network_id, "organisation": tie.organisation_id},
        daily=True,
    )
