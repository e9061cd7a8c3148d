"""Who acts for an organisation, and who is believed when somebody says that she represents it.

docs/decisions/016-organisations.md says why. A page asks `powers` once for all its people; an action
asks again, with the organisation's row locked.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q

from accounts.second_step import lacks_second_step
from forums.groups.memberships.models import Membership, Role, roles_of
from forums.groups.organisations.models import NetworkOrganisation, Organisation, Representative


def networks_in(organisation: Organisation) -> set[int]:
    """The networks that have the organisation as a member, both sides having said so."""
    return set(
        NetworkOrganisation.objects.confirmed()
        .filter(organisation=organisation)
        .values_list("network_id", flat=True)
    )


def speaker_ids(*organisations: int) -> set[int]:
    """Who answers for one of these, by id: its coordinators; without any, who is believed to represent it; without these
    as well, whoever registered it and says that she does."""
    people = Representative.objects.filter(organisation__in=organisations)
    for asked in (
        Q(is_coordinator=True),
        Q(confirmed_at__isnull=False),
        Q(organisation__created_by=F("member")),
    ):
        if found := set(people.filter(asked).values_list("member", flat=True)):
            return found
    return set()


def coordinated(member: Any, networks: Iterable[int]) -> set[int]:
    """Those of `networks`, open ones, that she coordinates."""
    mine = roles_of(member)
    return {pk for pk in networks if pk in mine and mine[pk].coordinates and mine[pk].is_open}


class Powers:
    """What one reader may do about an organisation and those who say that they represent it."""

    def __init__(
        self, member: Any, organisation: Organisation, people: Sequence[Representative]
    ) -> None:
        self._signed_in = member.is_authenticated and member.is_active
        self._member = member
        self._hers = next((each for each in people if each.member_id == member.pk), None)
        self.is_looked_after = any(each.is_coordinator for each in people)
        self.coordinates = bool(
            self._signed_in and self._hers is not None and self._hers.is_coordinator
        )
        # Its coordinators; as long as there is none, whoever registered it and says she represents it.
        self.may_look_after = self.coordinates or bool(
            self._signed_in
            and self._hers is not None
            and not self.is_looked_after
            and organisation.created_by_id == member.pk
        )
        # With a password alone a moderator says nothing of who somebody is, as in the admin.
        self._moderates = bool(
            self._signed_in and member.is_staff and not lacks_second_step(member)
        )
        self._networks: set[int] = set()
        if self._signed_in and any(mine.coordinates for mine in roles_of(member).values()):
            self._networks = coordinated(member, networks_in(organisation))
        # Who coordinates a network of hers cannot be vouched for from there: (member, network).
        self._own: set[tuple[int, int]] = set()
        waiting = [each.member_id for each in people if each.confirmed_at is None]
        if self._networks and waiting and not self.is_looked_after:
            self._own = set(
                Membership.objects.filter(
                    member__in=waiting, network__in=self._networks, role=Role.COORDINATOR
                ).values_list("member_id", "network_id")
            )

    def can_confirm(self, claim: Representative) -> bool:
        """May she say that this claim is true? Nobody says so of herself.

        A coordinator of the organisation; as long as it has none, a moderator of the site, or a
        coordinator of a network it is in that whoever claims does not coordinate herself.
        """
        if not self._signed_in or claim.member_id == self._member.pk:
            return False
        if self.is_looked_after:
            return self.coordinates
        vouching = (pk for pk in self._networks if (claim.member_id, pk) not in self._own)
        return bool(self._moderates or any(vouching))

    def can_take_back(self, claim: Representative) -> bool:
        """May she say that it is not, or no longer, so?

        Herself, a coordinator of the organisation, whoever could confirm it, whoever did and still
        coordinates a network it is in, a moderator.
        """
        if not self._signed_in:
            return False
        if claim.member_id == self._member.pk or self._moderates or self.coordinates:
            return True
        vouched = claim.confirmed_by_id == self._member.pk
        return self.can_confirm(claim) or bool(vouched and self._networks)


def powers(member: Any, organisation: Organisation) -> Powers:
    """The same, with everybody asked of the database."""
    people = Representative.objects.filter(organisation=organisation, member__is_active=True)
    return Powers(member, organisation, list(people))


def can_look_after(member: Any, organisation: Organisation) -> bool:
    """Edits its page, and asks and answers networks in its name."""
    return powers(member, organisation).may_look_after


def has_coordinator(organisation: Organisation) -> bool:
    """Is there somebody confirmed who looks after it?"""
    return Representative.objects.filter(
        organisation=organisation, is_coordinator=True, member__is_active=True
    ).exists()
