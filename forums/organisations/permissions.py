"""Who acts for an organisation, and who is believed when somebody says that she represents it.

docs/decisions/016-organisations.md says why. Each asks the database: pages ask once, actions again,
with the organisation's row locked.
"""

from collections.abc import Iterable
from typing import Any

from forums.memberships.models import Membership, Role, roles_of
from forums.organisations.models import NetworkOrganisation, Organisation, Representative


def has_coordinator(organisation: Organisation) -> bool:
    """Is there somebody confirmed who looks after it?"""
    return Representative.objects.filter(organisation=organisation, is_coordinator=True).exists()


def can_look_after(member: Any, organisation: Organisation) -> bool:
    """Edits its page, and asks and answers networks in its name.

    Its coordinators; as long as there is none, whoever registered it and says that she represents it.
    """
    if not (member.is_authenticated and member.is_active):
        return False
    hers = Representative.objects.filter(organisation=organisation, member=member.pk).first()
    if hers is None:
        return False
    if hers.is_coordinator:
        return True
    return organisation.created_by_id == member.pk and not has_coordinator(organisation)


def coordinates(member: Any, organisation: Organisation) -> bool:
    """Is she one of its coordinators?"""
    return Representative.objects.filter(
        organisation=organisation, member=member.pk, is_coordinator=True
    ).exists()


def networks_in(organisation: Organisation) -> set[int]:
    """The networks that have the organisation as a member, both sides having said so."""
    return set(
        NetworkOrganisation.objects.confirmed()
        .filter(organisation=organisation)
        .values_list("network_id", flat=True)
    )


def coordinated(member: Any, networks: Iterable[int]) -> list[int]:
    """Those of `networks`, open ones, that she coordinates."""
    mine = roles_of(member)
    return sorted(pk for pk in networks if pk in mine and mine[pk].coordinates and mine[pk].is_open)


def can_confirm(member: Any, representative: Representative) -> bool:
    """May she say that this claim is true? Nobody says so of herself.

    A coordinator of the organisation; as long as it has none, a moderator of the site, or a coordinator
    of a network it is in that whoever claims does not coordinate herself.
    """
    if not (member.is_authenticated and member.is_active) or member.pk == representative.member_id:
        return False
    organisation = representative.organisation
    if has_coordinator(organisation):
        return coordinates(member, organisation)
    return bool(member.is_staff or vouching_networks(member, representative))


def vouching_networks(member: Any, representative: Representative) -> list[int]:
    """The networks from which `member` may vouch for a claim, the organisation having no coordinator."""
    found = coordinated(member, networks_in(representative.organisation))
    if not found:
        return []
    own = Membership.objects.filter(
        member=representative.member_id, network__in=found, role=Role.COORDINATOR
    ).values_list("network_id", flat=True)
    return [pk for pk in found if pk not in set(own)]


def can_take_back(member: Any, representative: Representative) -> bool:
    """May she say that it is not, or no longer, so? Herself, whoever could confirm it, who did, a moderator."""
    if not (member.is_authenticated and member.is_active):
        return False
    if member.pk == representative.member_id or member.is_staff:
        return True
    organisation = representative.organisation
    if coordinates(member, organisation) or can_confirm(member, representative):
        return True
    vouched = representative.confirmed_by_id == member.pk
    return vouched and bool(coordinated(member, networks_in(organisation)))
