"""Counting anew what networks remember (`manage.py recount`), rendering their stories again (`rerender`)."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Count

from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Network
from forums.groups.networks.search_words import store_search_words
from forums.groups.organisations.models import NetworkOrganisation
from forums.pictures.bodies import rendered
from forums.text.render import RENDERER_VERSION


class RepairedNetworks(NamedTuple):
    """What one batch corrected; `last` is the id to go on after, None when there is no more."""

    last: int | None
    networks: list[tuple[Network, dict[str, tuple[int, int]]]]
    words: list[Network]


@transaction.atomic
def repair_networks(*, after: int, size: int) -> RepairedNetworks:
    """Count the members of the next `size` networks, and the organisations both sides have confirmed.

    Those that were wrong come with the columns: what each said, and what is true. Those that were found by
    other words than their texts and tags hold now (or by words in an older form) are named.
    """
    networks = list(
        Network.objects.select_for_update(no_key=True)
        .only("slug", "member_count", "organisation_count")
        .filter(pk__gt=after)
        .order_by("pk")[:size]
    )
    if not networks:
        return RepairedNetworks(None, [], [])
    true = {
        column: dict(
            rows.filter(network__in=networks)
            .order_by()
            .values_list("network_id")
            .annotate(Count("pk"))
        )
        for column, rows in (
            ("member_count", Membership.objects.all()),
            ("organisation_count", NetworkOrganisation.objects.counted()),
        )
    }
    wrong = []
    for network in networks:
        columns = {
            name: (getattr(network, name), counts.get(network.pk, 0))
            for name, counts in true.items()
            if getattr(network, name) != counts.get(network.pk, 0)
        }
        if columns:
            now = {name: value for name, (_before, value) in columns.items()}
            Network.objects.filter(pk=network.pk).update(**now)
            wrong.append((network, columns))
    renewed = store_search_words([network.pk for network in networks])
    words = [network for network in networks if network.pk in renewed]
    return RepairedNetworks(networks[-1].pk, wrong, words)


@transaction.atomic
def rerender_stories(*, everything: bool) -> int:
    """Render the stories an older renderer made (or all) again; returns how many.

    None is locked: a change that is saved meanwhile wins, for the new renderer made it.
    """
    found = Network.objects.exclude(story="")
    if not everything:
        found = found.filter(renderer_version__lt=RENDERER_VERSION)
    count = 0
    for pk, story in found.order_by("pk").values_list("pk", "story").iterator(chunk_size=200):
        count += Network.objects.filter(pk=pk, story=story).update(
            story_html=rendered(story, reader=None).html, renderer_version=RENDERER_VERSION
        )
    return count
