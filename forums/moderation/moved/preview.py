"""What a merge would move, said before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

MANY = 10_000  # a count goes no further


@dataclass(frozen=True, slots=True)
class Preview:
    """Into what, what of each one goes there, and under which words (`sure`) it is agreed to."""

    into: Any
    moving: list[tuple[Any, list[str]]]
    sure: str


def preview(
    into: Any, each: Sequence[tuple[Any, Sequence[tuple[Promise, QuerySet[Any]]]]]
) -> Preview:
    """`each`: what is merged, and of it what a row is called and which rows there are."""
    moving = [
        (
            one,
            [
                _("%(what)s: %(count)s") % {"what": what, "count": _count(rows)}
                for what, rows in kinds
            ],
        )
        for one, kinds in each
    ]
    sure = "-".join(str(one.pk) for one in [into, *(one for one, _kinds in each)])
    return Preview(into, moving, sure)


def _count(rows: QuerySet[Any]) -> str:
    count = rows.order_by()[: MANY + 1].count()
    return f"{MANY:,}+" if count > MANY else f"{count:,}"
