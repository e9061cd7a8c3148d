"""Organisations as pages show them: of a network, of a member, all of them; and one with its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404

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
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in dictionary order, and the query strings of the pages beside ('' where there is none)."""

    rows: Sequence[Any]
    before: str
    after: str


def of_network(network_id: int) -> list[Row]:
    """The confirmed member organisations (name, url, note) in dictionary order: one query."""
    rows = (
        NetworkOrganisation.objects.confirmed()
        .filter(network=network_id)
        .order_by("organisation__sort_key", "organisation_id")
        .values_list("organisation__name", "organisation__slug", "note")
    )
    return [
        {"name": name, "url": organisation_url(slug), "note": note} for name, slug, note in rows
    ]


def of_member(member_id: int) -> list[Row]:
    """The organisations (name, url, title) it is confirmed that a member represents: one query."""
    rows = (
        Representative.objects.filter(member=member_id, confirmed_at__isnull=False)
        .order_by("organisation__sort_key", "organisation_id")
        .values_list("organisation__name", "organisation__slug", "title")
    )
    return [
        {"name": name, "url": organisation_url(slug), "title": title} for name, slug, title in rows
    ]


def letters_of(typed: str) -> str:
    """What a name typed to its beginning sorts by: the letters alone, without marks."""
    return sort_key(clean_line(typed)).split("\x01")[0]


def directory(query: Any) -> Page:
    """Every organisation, or those whose name begins like `q`. Raises Http404 for a mangled place.

    A keyset: `after` and `before` name an organisation by its id.
    """
    found = beginning_with(Organisation.objects.all(), query.get("q", ""))
    keep = "before" if query.get("before") and not query.get("after") else "after"
    place = _place(query.get(keep))
    if keep == "before":
        found = found.filter(
            Q(sort_key__lte=place[0]), Q(sort_key__lt=place[0]) | Q(pk__lt=place[1])
        )
        rows = list(found.order_by("-sort_key", "-id")[: SIZE + 1])
        more, rows = len(rows) > SIZE, rows[:SIZE][::-1]
        return Page(rows, f"before={rows[0].pk}" if more else "", _last(rows))
    if place:
        found = found.filter(
            Q(sort_key__gte=place[0]), Q(sort_key__gt=place[0]) | Q(pk__gt=place[1])
        )
    rows = list(found.order_by("sort_key", "id")[: SIZE + 1])
    more, rows = len(rows) > SIZE, rows[:SIZE]
    return Page(rows, f"before={rows[0].pk}" if place and rows else "", _last(rows) if more else "")


def _last(rows: Sequence[Organisation]) -> str:
    return f"after={rows[-1].pk}" if rows else ""


def _place(asked: str | None) -> Any:
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    found = Organisation.objects.filter(pk=asked).values_list("sort_key", "pk").first()
    if found is None:
        raise Http404
    return found


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
