"""What figures speak of by its id: a topic's statements, and networks; and topics whose figures stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from forums.discussions.topics.beside import VoiceRow
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.groups.networks.references import NetworkRef
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.statements.models import Statement

MOST_MERGED = 20


@dataclass(frozen=True, slots=True)
class StatementRef:
    """A statement as pages name it. `network`: from where it was written; `in_name`: that network says it."""

    pk: int
    topic: int
    number: int
    body: str
    network: int | None
    in_name: bool

    @property
    def url(self) -> str:
        return f"/t/{self.topic}/common/{self.number}/"


def open_statements(topic: int) -> dict[int, StatementRef]:
    """Those put to the vote, by id, in the order of their numbers: one query, two hundred at most."""
    rows = Statement.objects.open().filter(topic=topic).order_by("number")
    columns = ("pk", "topic_id", "number", "body", "network_id", "in_name")
    return {row[0]: StatementRef(*row) for row in rows.values_list(*columns)}


def merged_into(topic: Topic, member: Any) -> list[Topic]:
    """Topics that were merged into this one and have statements, which stay there with their rounds; those `member` may read,
    the first first. Nothing is asked of a topic that was never merged nor parted."""
    if topic.parted_at is None:
        return []
    found = Topic.objects.visible_to(member).filter(merged_into=topic.pk, statement_count__gt=0)
    return list(found.only("title", "statement_count").order_by("pk")[:MOST_MERGED])


def networks_named(
    figures: RoundFigures, there: Iterable[VoiceRow], also: Iterable[int | None] = ()
) -> dict[int, NetworkRef]:
    """Networks by id: those `there` in the topic, in their order, then others that figures or statements speak of.

    A hidden one is not among them. One query where some are not there any more, else none.
    """
    named: dict[int, NetworkRef] = {row.id: row for row in there}
    wanted = {*figures.heard, *figures.unheard, *filter(None, also)} - named.keys()
    if wanted:
        found = Network.objects.shown().filter(pk__in=wanted).order_by("sort_key", "pk")
        for pk, *columns in found.values_list("pk", "name", "slug", "colour", "emblem"):
            named[pk] = NetworkRef.of(*columns)
    return named
