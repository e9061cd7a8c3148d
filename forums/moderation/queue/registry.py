"""The kinds of cases: each noun registers its own in its `kinds.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from forums.moderation.models import Decision
    from forums.moderation.queue.models import Case

type Ended = Callable[["Case", "Decision | None"], None]


@dataclass(frozen=True, slots=True)
class CaseKind:
    """`label` says what waits; `ended` is called, in the transaction, when a case of it was decided or refused."""

    name: str
    label: Promise
    ended: Ended | None = None


_KINDS: dict[str, CaseKind] = {}


def case_kind(name: str, label: Promise, *, ended: Ended | None = None) -> CaseKind:
    """Register a kind of case."""
    _KINDS[name] = CaseKind(name, label, ended)
    return _KINDS[name]


def kind_of(case: "Case") -> CaseKind:
    """The kind of a case. Raises KeyError for what nobody registered."""
    return _KINDS[case.kind]


def case_kinds() -> dict[str, CaseKind]:
    """All of them, by name."""
    return _KINDS
