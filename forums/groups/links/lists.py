"""A network's links, for its coordinators."""

from typing import Any

from django.db.models import Q

from forums.groups.links.models import LinkKind
from forums.groups.networks.models import Network, network_url

Row = dict[str, Any]


def links_of(network: Network) -> dict[str, list[Row]]:
    """Every link of a network for its coordinators: parent, child, linked, `to_answer` and `asked`."""
    columns = (
        "id", "kind", "source_id", "confirmed_at", "asked_at", "source__name", "source__slug",
        "target__name", "target__slug",
    )  # fmt: skip
    found: dict[str, list[Row]] = {}
    both = Q(source=network.pk, target__hidden_at=None) | Q(
        target=network.pk, source__hidden_at=None
    )
    links = network.links_out.model.objects.filter(both)
    for values in links.order_by("-asked_at", "-id").values_list(*columns)[:300]:
        row = dict(zip(columns, values, strict=True))
        ours = row["source_id"] == network.pk
        row["name"] = row["target__name" if ours else "source__name"]
        row["url"] = network_url(row["target__slug" if ours else "source__slug"])
        if row["confirmed_at"] is None:
            place = "asked" if ours else "to_answer"
        elif row["kind"] == LinkKind.PARENT:
            place = "parent" if ours else "child"
        else:
            place = "linked"
        found.setdefault(place, []).append(row)
    return found
