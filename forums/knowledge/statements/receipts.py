"""What became of the statements a member wrote: each with its fate, so that nothing she handed in is ever just gone."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from forums.base.keyset import NUMBER, Keyset, Page
from forums.discussions.topics.models import Topic
from forums.knowledge.statements.models import Fate, Statement
from forums.knowledge.statements.permissions import can_take_back

SIZE = 20
_NEWEST = Keyset({"id": NUMBER}, falling=True, onward="before")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One statement, for who wrote it. Without `topic` she can read the topic no longer, and of others' words there is
    nothing; `instead` are those that stand in its place."""

    statement: Statement
    topic: Topic | None
    instead: list[Statement]
    may_take_back: bool

    @property
    def fate(self) -> str:
        return self.statement.fate.value

    @property
    def is_open(self) -> bool:
        return self.topic is not None and self.statement.fate is Fate.OPEN


def receipts_of(member: Any, query: Any) -> Page[Receipt]:
    """Hers, the newest first: three queries, whatever became of them."""
    parts = Prefetch("parts", Statement.objects.open().order_by("number"))
    hers = Statement.objects.filter(author=member).for_list()
    hers = hers.select_related("network", "merged_into").prefetch_related(parts)
    page = _NEWEST.page(hers, query, size=SIZE)
    topics = Topic.objects.visible_to(member).in_bulk({each.topic_id for each in page.rows})
    return page.with_rows([_receipt(member, each, topics.get(each.topic_id)) for each in page.rows])


def _receipt(member: Any, statement: Statement, topic: Topic | None) -> Receipt:
    other = statement.merged_into
    instead = [other] if other is not None else list(statement.parts.all())
    return Receipt(
        statement,
        topic,
        [each for each in instead if topic is not None and each.fate is Fate.OPEN],
        may_take_back=can_take_back(member, statement),
    )
