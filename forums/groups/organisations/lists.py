"""Organisations as pages show them: of a member, all of them; and one with its people."""

from dataclasses import dataclass
from typing import Any

from forums.base.keyset import NUMBER, Keyset, Page, kept
from forums.groups.networks.models import NETWORK_SHOWN, Network
from forums.groups.organisations.models import (
    NetworkOrganisation,
    Organisation,
    Representative,
    organisation_url,
)
from forums.text.thai import clean_line, sort_key

SIZE = 40
FOUND = 10
_BY_NAME = Keyset({"sort_key": None, "pk": NUMBER}, onward="after", back="before")


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation somebody represents, and as what."""

    name: str
    url: str
    title: str


def of_member(member_id: int) -> list[OrganisationRow]:
    """The organisations it is confirmed that a member represents: one query."""
    rows = (
        Representative.objects.filter(member=member_id, confirmed_at__isnull=False)
        .order_by("organisation__sort_key", "organisation_id")
        .values_list("organisation__name", "organisation__slug", "title")
    )
    return [OrganisationRow(name, organisation_url(slug), title) for name, slug, title in rows]


def letters_of(typed: str) -> str:
    """What a name typed to its beginning sorts by: the letters alone, without marks."""
    return sort_key(clean_line(typed)).split("\x01")[0]


def directory(query: Any) -> Page[Organisation]:
    """Every organisation, or those whose name begins like `q`. Raises Http404 for a mangled place."""
    everyone = Organisation.objects.all()
    typed = clean_line(query.get("q", "")[:200])
    found = beginning_with(everyone, query.get("q", ""))
    return _BY_NAME.page(found, query, size=SIZE, among=everyone, keep=kept(q=typed))


def beginning_with(found: Any, typed: str) -> Any:
    """Those of `found` (by a `sort_key` in C order) whose name begins with what was typed; all without it."""
    letters = letters_of(typed[:200])
    if not letters:
        return found
    # The next word in C order: what begins with `letters` lies between the two, and an index finds it.
    return found.filter(sort_key__gte=letters, sort_key__lt=letters + "\U0010ffff")


def named_like(typed: str) -> list[Organisation]:
    """Up to FOUND organisations whose name begins with `typed`; none for nothing."""
    if not letters_of(typed[:200]):
        return []
    found = beginning_with(Organisation.objects.all(), typed)
    return list(found.order_by("sort_key", "id")[:FOUND])


def networks_named_like(typed: str) -> list[Network]:
    """Up to FOUND living networks whose name begins with `typed`; none for nothing."""
    if not letters_of(typed[:200]):
        return []
    return list(beginning_with(Network.objects.listed(), typed).order_by("sort_key", "id")[:FOUND])


# -- One organisation ---------------------------------------------------------------------------


def ties_of_network(network: Network) -> list[NetworkOrganisation]:
    """Members, invited and asking ones, in dictionary order."""
    ties = NetworkOrganisation.objects.filter(network=network)
    ties = ties.select_related("organisation", "by_organisation", "by_network")
    return list(ties.order_by("organisation__sort_key", "id"))


def ties_of_organisation(organisation: Organisation) -> list[NetworkOrganisation]:
    """The networks it is in, is invited to and asks to join, in dictionary order; never a hidden one."""
    ties = NetworkOrganisation.objects.filter(
        NETWORK_SHOWN.q(path="network__"), organisation=organisation
    ).select_related("network", "by_organisation", "by_network")
    return list(ties.order_by("network__sort_key", "id"))


def people_of(organisation: Organisation) -> list[Representative]:
    """Who represents it and who says so: the coordinators first, then in dictionary order."""
    people = Representative.objects.filter(organisation=organisation, member__is_active=True)
    people = people.select_related("member", "confirmed_by", "organisation")
    return list(people.order_by("-is_coordinator", "member__sort_key", "id"))


def unbelieved() -> list[Representative]:
    """Claims to organisations without a coordinator, the oldest first: a moderator may confirm them."""
    looked_after = Representative.objects.filter(is_coordinator=True).values("organisation")
    waiting = Representative.objects.filter(confirmed_at=None, member__is_active=True)
    waiting = waiting.exclude(organisation__in=looked_after)
    return list(waiting.select_related("member", "organisation").order_by("asked_at", "id")[:SIZE])
