"""The kinds of cases: each noun registers its own in its `kinds.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from forums.moderation.queue.answers import Answer, Offering, general

if TYPE_CHECKING:
    from forums.moderation.models import Decision
    from forums.moderation.queue.models import Case
    from forums.moderation.subjects import Subject

type Ended = Callable[["Case", "Decision | None"], None]


@dataclass(frozen=True, slots=True)
class Because:
    """Why a case waits, in a line of the queue: the word for it, and what more is known."""

    head: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a case's page: what was said about the thing. Each line is who (or what), and her words."""

    title: str
    lines: Sequence[tuple[str, str]]


type Reasons = Callable[[Sequence["Case"]], Mapping[int, Because]]
type Shown = Callable[["Case"], Sequence[Section]]


@dataclass(frozen=True, slots=True)
class CaseKind:
    """`label` says what waits; `ended` is called, in the transaction, when a case of it was decided or refused.

    `answers`: what may be decided on it; without, what holds for every such thing (`queue/answers.py`).
    `because`: why each of these cases waits, by its id, in one query for all. `shown`: what its page says of it.
    `decided_at`: the address where it is decided, for what has a page of its own; '' or None: here.
    """

    name: str
    label: Promise
    ended: Ended | None = None
    answers: Offering | None = None
    because: Reasons | None = None
    shown: Shown | None = None
    decided_at: Callable[["Case"], str] | None = None


_KINDS: dict[str, CaseKind] = {}


def case_kind(
    name: str,
    label: Promise,
    *,
    ended: Ended | None = None,
    answers: Offering | None = None,
    because: Reasons | None = None,
    shown: Shown | None = None,
    decided_at: Callable[["Case"], str] | None = None,
) -> CaseKind:
    """Register a kind of case."""
    _KINDS[name] = CaseKind(name, label, ended, answers, because, shown, decided_at)
    return _KINDS[name]


def kind_of(case: "Case") -> CaseKind:
    """The kind of a case. Raises KeyError for what nobody registered."""
    return _KINDS[case.kind]


def case_kinds() -> dict[str, CaseKind]:
    """All of them, by name."""
    return _KINDS


def answers_to(case: "Case", subject: "Subject | None", member: Any) -> dict[str, Answer]:
    """What `member` may decide on a case, by name, in order: the mildest first."""
    offering = kind_of(case).answers or general
    found = offering(case, subject)
    return {answer.name: answer for answer in found if answer.may(member, case)}
