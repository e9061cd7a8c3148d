"""Organisations and who represents them, made through the actions."""

import itertools
from typing import Any

from accounts.models import Member
from forums.groups.affiliations import actions as agreements
from forums.groups.affiliations.actions import Side
from forums.groups.networks.models import Network
from forums.groups.organisations import actions
from forums.groups.organisations.models import Organisation, Representative
from forums.notifications.models import Email
from tests.make import make_member

_count = itertools.count(1)


def make_organisation(
    name: str = "",
    member: Member | None = None,
    *,
    coordinator: Member | None = None,
    network: Network | None = None,
    **more: Any,
) -> Organisation:
    """An organisation; with a coordinator, whom a moderator confirmed; in a network, both sides having agreed."""
    more.setdefault("represents", False)
    organisation = actions.register_organisation(
        member=member or make_member(),
        name=name or f"มูลนิธิที่ {next(_count)}",
        sector=more.pop("sector", "civil"),
        **more,
    )
    if coordinator or network:
        coordinator = coordinator or make_member()
        believed(represent(organisation, coordinator))
    if network:
        enter(network, organisation, coordinator)
    return organisation


def represent(
    organisation: Organisation, member: Member | None = None, *, title: str = "ประธาน"
) -> Representative:
    return actions.ask_to_represent(
        member=member or make_member(), organisation=organisation, title=title
    )


def believed(claim: Representative, by: Member | None = None) -> Representative:
    return actions.confirm_representative(
        confirmer=by or make_member(is_staff=True), representative=claim
    )


def enter(network: Network, organisation: Organisation, coordinator: Member) -> None:
    """The organisation, which `coordinator` looks after, becomes a member of the network."""
    both = {"network": network, "organisation": organisation}
    agreements.agree(member=network.registered_by, side=Side.NETWORK, **both)
    agreements.agree(member=coordinator, side=Side.ORGANISATION, **both)


def letters(kind: str) -> list[Email]:
    """The letters of a kind, as they were written."""
    return list(Email.objects.filter(kind=kind).select_related("member").order_by("id"))
