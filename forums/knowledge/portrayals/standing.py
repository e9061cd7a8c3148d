"""What may stand for a network where others tell of it: its own words, or what its people passed. Nothing else."""

from collections.abc import Collection
from dataclasses import dataclass

from accounts.references import PICTURE_SQL, MemberRef
from forums.base.constant_sql import select
from forums.discussions.topics.models import Topic
from forums.discussions.voices.lists import ViewRow, views_of
from forums.discussions.voices.models import View
from forums.groups.networks.models import NETWORK_SHOWN, Network
from forums.knowledge.portrayals.models import JUDGES, LENGTH, PORTRAYAL_STANDS
from forums.knowledge.statements.actions import EMPTIED
from forums.text.lengths import ELLIPSIS
from forums.text.thai import excerpt

MOST = 200  # passed texts of a topic


@dataclass(frozen=True, slots=True)
class StandsFor:
    """One text that may stand for a network; `portrayal`: its number, None for the network's own words."""

    network: int
    body: str
    portrayal: int | None


@dataclass(frozen=True, slots=True)
class PassedRow:
    """A text a network's people passed."""

    pk: int
    body: str
    author: MemberRef
    of: str  # the network it was written from; '' where that is hidden
    judges: int
    network: int  # whose people passed it, by id and by name
    by: str


def stands_for(topic: Topic, networks: Collection[int]) -> dict[int, list[StandsFor]]:
    """Of each of these networks its own words first, then what its people passed, the oldest first: two queries."""
    found: dict[int, list[StandsFor]] = {}
    for network, view in views_of(topic, list(networks)).items():
        found.setdefault(network, []).append(StandsFor(network, view.body, None))
    for each in passed_in(topic):
        if each.network in networks:
            standing = StandsFor(each.network, each.body, each.pk)
            found.setdefault(each.network, []).append(standing)
    return found


_PASSED = f"""
    SELECT o.id, o.body, m.display_name, m.handle, {PICTURE_SQL},
        coalesce((SELECT n.name FROM forums_network n WHERE n.id = o.network_id AND {NETWORK_SHOWN.sql}), ''),
        o.judges, n.id, n.name
    FROM {PORTRAYAL_STANDS.tables} JOIN accounts_member m ON m.id = o.author_id
    WHERE o.topic_id = %(topic)s AND o.passed AND {PORTRAYAL_STANDS.sql} AND o.body <> %(emptied)s
        AND (%(of)s::bigint[] IS NULL OR o.target_id = ANY(%(of)s::bigint[]))
    ORDER BY o.id LIMIT {MOST}
"""  # noqa: S608 - made of constants


def passed_in(topic: Topic, *, of: Collection[int] | None = None) -> list[PassedRow]:
    """What was passed in a topic, the oldest first, with who wrote it and from which network; of these networks alone."""
    asked = None if of is None else list(of)
    return [
        PassedRow(pk, body, MemberRef.of(name, handle, picture), *rest)
        for pk, body, name, handle, picture, *rest in select(
            _PASSED, topic=topic.pk, emptied=EMPTIED, of=asked
        )
    ]


def own_words(view: View | ViewRow) -> str:
    """The beginning of a network's own view, as long as what others may say of it. It does not say that it was cut: that
    would tell whose it is."""
    return excerpt(view.body, LENGTH).rstrip(f"{ELLIPSIS} ")


def targets_among(views: Collection[int]) -> set[int]:
    """Of networks with own words those with people enough to read them: one query."""
    there = Network.objects.listed().filter(pk__in=views, member_count__gte=JUDGES)
    return set(there.values_list("pk", flat=True))
