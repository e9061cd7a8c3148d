"""A network's page as its form shows it, and which version that is."""

from typing import Any

from forums.base.versions import digest
from forums.groups.networks.models import Network, TaggedNetwork

Row = dict[str, Any]


def tags_of(network_id: int) -> list[Row]:
    """A network's tags, in the order they were given."""
    tags = TaggedNetwork.objects.filter(network=network_id).order_by("pk")
    return [
        {"name": name, "slug": slug} for name, slug in tags.values_list("tag__name", "tag__slug")
    ]


_VERSIONED = (
    "name", "aim", "story", "kind", "sectors", "provinces", "nationwide", "home_id", "since_year",
    "since_month", "colour", "emblem", "joining", "questions", "members_shown_to",
)  # fmt: skip


def version_of(network: Network, tags: list[str]) -> str:
    """Which version of its page this is: a form opened on another one is out of date."""
    values = [getattr(network, field) for field in _VERSIONED]
    return digest([*values, str(network.picture), sorted(tags)])
