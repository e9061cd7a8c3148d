"""A network's links, for its coordinators."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.networks.models import NETWORK_SHOWN, Network, network_url

MOST = 300


@dataclass(frozen=True, slots=True)
class LinkRow:
    """The other network of a link, and in words how the two are linked."""

    pk: int
    name: str
    url: str
    says: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Links:
    """A network's links: what it has to answer, what it has asked, what both sides have confirmed."""

    to_answer: list[LinkRow]
    asked: list[LinkRow]
    confirmed: list[LinkRow]  # what it is part of, what is part of it, what it works with


def links_of(network: Network) -> Links:
    """Its links with networks that are not hidden, those asked for last first: one query."""
    out = Q(source=network.pk) & NETWORK_SHOWN.q(path="target__")
    both = out | (Q(target=network.pk) & NETWORK_SHOWN.q(path="source__"))
    found = NetworkLink.objects.filter(both).order_by("-asked_at", "-id")
    to_answer, asked = list[LinkRow](), list[LinkRow]()
    parents, children, linked = list[LinkRow](), list[LinkRow](), list[LinkRow]()
    for pk, kind, source, confirmed_at, asked_at, *names in found.values_list(
        "id", "kind", "source_id", "confirmed_at", "asked_at",
        "source__name", "source__slug", "target__name", "target__slug",
    )[:MOST]:  # fmt: skip
        ours, is_part = source == network.pk, kind == LinkKind.PARENT
        name, slug = names[2:] if ours else names[:2]
        if confirmed_at is None:
            place = asked if ours else to_answer
        else:
            place = linked if not is_part else parents if ours else children
        says = _says(is_part=is_part, ours=ours, confirmed=confirmed_at is not None)
        place.append(LinkRow(pk, name, network_url(slug), says, asked_at))
    return Links(to_answer, asked, parents + children + linked)


def to_link(network: Network) -> QuerySet[Network]:
    """The networks a link can be asked of: that live, are another, and have none with `network`, asked or answered."""
    out = NetworkLink.objects.filter(source=network).values("target")
    back = NetworkLink.objects.filter(target=network).values("source")
    listed = Network.objects.listed().exclude(pk=network.pk)
    return listed.exclude(pk__in=out).exclude(pk__in=back)


def _says(*, is_part: bool, ours: bool, confirmed: bool) -> str:
    """What a link says of the other network; one that we have not answered is only its word."""
    if not (ours or confirmed):
        if is_part:
            return _("says that it is part of this network")
        return _("says that it works with this network")
    if not is_part:
        return _("works with this network")
    return _("this network is part of it") if ours else _("is part of this network")
