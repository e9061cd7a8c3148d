"""A network's page as its form shows it, and which version that is."""

from forums.base.digests import digest
from forums.groups.networks.models import Network, TaggedNetwork


def tags_of(network_id: int) -> list[str]:
    """The names of a network's tags, in the order they were given."""
    tags = TaggedNetwork.objects.filter(network=network_id).order_by("pk")
    return list(tags.values_list("tag__name", flat=True))


# Columns a coordinator fills in. The address follows from the name.
TYPED = [
    column.attname
    for column in Network._meta.concrete_fields
    if column.editable and not column.primary_key and column.name != "slug"
]


def version_of(network: Network, tags: list[str]) -> str:
    """Which version of its page this is: a form opened on another one is out of date."""
    values = [getattr(network, field) for field in TYPED]
    return digest([*values, str(network.picture), sorted(tags)])
