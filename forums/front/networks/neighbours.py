"""What a network has to do with others: how well they know each other, how much of its talk crosses over, its neighbours.

Reads only, two queries.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forums.base.constant_sql import select
from forums.groups.networks.models import NETWORK_LISTED, Audience, Network, network_url
from forums.groups.networks.references import NetworkRef
from forums.knowledge.guesses.acquaintances import acquainted

ENOUGH = 20  # replies, before they say anything
NEIGHBOURS = 12
_MINUTE = 60

SHOWN = [str(Audience.EVERYONE), str(Audience.MEMBERS)]  # whose members are no secret

# How many replies stayed and how many crossed; the strongest neighbours, by topics and members shared
# (the index tie_strongest). Members are counted only between networks that show theirs: who keeps them to
# itself is not given away by a number.
_TIES = f"""
    (SELECT NULL AS name, NULL AS slug, NULL AS colour, NULL AS emblem,
        coalesce(sum(replies) FILTER (WHERE target_id = source_id), 0)::bigint AS topics,
        coalesce(sum(replies) FILTER (WHERE target_id <> source_id), 0)::bigint AS members
     FROM forums_tie WHERE source_id = %(network)s)
    UNION ALL
    (SELECT n.name, n.slug, n.colour, n.emblem, tie.topics,
        CASE WHEN %(shown)s AND n.members_shown_to = ANY(%(open)s) THEN tie.members ELSE 0 END
     FROM forums_tie tie JOIN forums_network n ON n.id = tie.target_id
     WHERE tie.source_id = %(network)s AND tie.target_id <> tie.source_id
        AND tie.topics + tie.members > 0 AND {NETWORK_LISTED.sql}
        AND (tie.topics > 0 OR (%(shown)s AND n.members_shown_to = ANY(%(open)s)))
     ORDER BY tie.topics + tie.members DESC, tie.target_id LIMIT %(limit)s)
"""  # noqa: S608 - made of constants


def external_internal(external: int, internal: int) -> float:
    """The E–I index, (E − I) / (E + I): −1 when all talk stays inside, 1 when all of it crosses.

    D. Krackhardt and R. N. Stern (1988), "Informal networks and organizational crises: an
    experimental simulation", Social Psychology Quarterly 51(2), 123–140. Here E are replies spoken
    from this network that answer posts spoken from another, I those that answer its own.
    Raises ZeroDivisionError when there are none.
    """
    return (external - internal) / (external + internal)


@dataclass(frozen=True, slots=True)
class Crossing:
    """How much of a network's talk crosses to others, for networks/_neighbours.html."""

    external: int
    internal: int

    @property
    def all(self) -> int:
        return self.external + self.internal

    @property
    def index(self) -> str:
        """Two decimals, with a true minus sign."""
        value = round(external_internal(self.external, self.internal), 2)
        return f"{value or 0:.2f}".replace("-", "−")

    @property
    def words(self) -> str:
        """In tenths; what rounds to none or to all without being so is said as it is."""
        tenths = round(10 * self.external / self.all)
        if self.external and not tenths:
            return _("Less than 1 in 10 of its replies crosses to other networks")
        if self.internal and tenths == 10:
            return _("More than 9 in 10 of its replies cross to other networks")
        return _("%(n)d in 10 of its replies cross to other networks") % {"n": tenths}


@dataclass(slots=True)
class Neighbour(NetworkRef):
    """A network, how many topics and members it shares with the one whose page this is, and bars for both.

    A bar is in hundredths of the longest of all, and never too short to be seen.
    """

    topics: int
    members: int
    topics_bar: int = 0
    members_bar: int = 0


def section(network: Network) -> str:
    """The part of a network's page about its neighbours as HTML: the same for everybody, kept a minute."""
    cache, key = caches["process"], f"neighbours:{network.pk}:{get_language()}"
    html: str | None = cache.get(key)
    if html is None:
        html = render_to_string(
            "networks/_neighbours.html",
            context(network, None) | {"network": network, "acquainted": acquainted(network)},
        )
        cache.set(key, html, _MINUTE)
    return html


def context(network: Network, member: Any) -> dict[str, Any]:
    """For networks/_neighbours.html: `crossing` (None below 20 replies) and `neighbours`, the strongest first.

    Everybody sees the same, whoever `member` is: counts alone, and no hidden or archived network.
    """
    found: list[Neighbour] = []
    crossing = None
    rows = select(
        _TIES,
        network=network.pk,
        limit=NEIGHBOURS,
        open=SHOWN,
        shown=network.members_shown_to in SHOWN,
    )
    for name, slug, colour, emblem, topics, members in rows:
        if name is not None:
            found.append(Neighbour(name, network_url(slug), colour, emblem, topics, members))
        elif (external := members) + (internal := topics) >= ENOUGH:
            crossing = Crossing(external, internal)
    # Again, by what is shown: the order gives away no member either.
    found.sort(key=lambda each: (-each.topics - each.members, each.name))
    most = max((max(each.topics, each.members) for each in found), default=0)
    for each in found:
        each.topics_bar, each.members_bar = _bar(each.topics, most), _bar(each.members, most)
    return {"crossing": crossing, "neighbours": found}


def _bar(count: int, most: int) -> int:
    return max(4, round(100 * count / most)) if count else 0
