"""The kinds of cases, and what may be decided on one: each noun registers its own in its `kinds.py`.

An answer's act is called with the moderator, the case (locked), the grounds, and what else was asked for; it returns
the Decision it made, if one was needed. Case first, then the thing: whoever locks both keeps to that.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.forms import Field
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.moderation.grounds import Grounds
    from forums.moderation.models import Decision
    from forums.moderation.queue.models import Case
    from forums.moderation.subjects import Subject

LONGEST_NAME = 20  # of an answer
# The heads under which answers stand.
IT, ITS_TOPIC, ITS_AUTHOR = (
    _("About the thing itself"),
    _("About its topic"),
    _("About its author"),
)

type CaseAct = Callable[["Member", "Case", "Grounds", Mapping[str, Any]], "Decision | None"]
type Asked = Callable[[], Field]  # makes a field of the form


def _anybody(_member: Any, _case: "Case") -> bool:
    return True


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """One way to end a case. `refused` says that what was asked is not done; `grave`, that its words warn.

    `asks` are more fields, by name, which only this answer needs; what is typed as `until` is the grounds' end, too.
    `says_why`: it needs a reason. `may` narrows who of those that look into the case may choose it. `ends`: the case
    is over; else it waits on, unless the act ended it. `proof`: it is asked first that it is she (`accounts.proof`).
    """

    name: str
    label: Promise
    act: CaseAct
    refused: bool = False
    grave: bool = False
    asks: Mapping[str, Asked] = field(default_factory=dict)
    says_why: bool = True
    may: Callable[[Any, "Case"], bool] = _anybody
    ends: bool = True
    proof: bool = False
    place: int = 50  # among the others, the mildest first
    head: Promise | str = ""  # under which it stands, with those beside it

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= LONGEST_NAME:
            raise ValueError(self.name)


type Offering = Callable[["Case", "Subject | None"], Sequence[CaseAnswer]]

_GENERAL: list[Offering] = []


def general_answers(offering: Offering) -> Offering:
    """Register answers that hold for things of some kind, whatever waits about them; a decorator.

    The function is given the case and the thing as it stands (None: gone, or not to be seen).
    """
    _GENERAL.append(offering)
    return offering


def general(case: "Case", subject: "Subject | None") -> list[CaseAnswer]:
    """What may be decided about such a thing, whatever waits, in order."""
    found = [answer for offering in _GENERAL for answer in offering(case, subject)]
    return sorted(found, key=lambda answer: answer.place)


# -- kinds -----------------------------------------------------------------------------------------

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
type Waiting = Callable[[], Iterable[tuple["Subject", datetime]]]


@dataclass(frozen=True, slots=True)
class CaseKind:
    """`label` says what waits; `ended` is called, in the transaction, when a case of it was decided or refused.

    `answers`: what may be decided on it; without, what holds for every such thing (`general_answers`).
    `because`: why each of these cases waits, by its id, in one query for all. `shown`: what its page says of it.
    `decided_at`: the address where it is decided, for what has a page of its own; '' or None: here.
    `site_only`: a network's moderators do not decide about it, wherever it stands.
    `waiting`: for what waits in a table of its own, which its cases follow: each thing with since when (`follow`).
    """

    name: str
    label: Promise | str
    ended: Ended | None = None
    answers: Offering | None = None
    because: Reasons | None = None
    shown: Shown | None = None
    decided_at: Callable[["Case"], str] | None = None
    waiting: Waiting | None = None
    site_only: bool = False


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
    waiting: Waiting | None = None,
    site_only: bool = False,
) -> CaseKind:
    """Register a kind of case."""
    _KINDS[name] = CaseKind(
        name, label, ended, answers, because, shown, decided_at, waiting, site_only
    )
    return _KINDS[name]


def kind_of(case: "Case") -> CaseKind:
    """The kind of a case; of one that nobody registers any more, one with its name."""
    return _KINDS.get(case.kind) or CaseKind(case.kind, case.kind)


def network_of(kind: str, subject: "Subject") -> int | None:
    """Whose moderators decide about such a case beside the site's."""
    found = _KINDS.get(kind)
    return None if found is not None and found.site_only else subject.network_id


def case_kinds() -> dict[str, CaseKind]:
    """All of them, by name."""
    return _KINDS


def answers_to(case: "Case", subject: "Subject | None", member: Any) -> dict[str, CaseAnswer]:
    """What `member` may decide on a case, by name, in order: the mildest first."""
    offering = kind_of(case).answers or general
    found = offering(case, subject)
    return {answer.name: answer for answer in found if answer.may(member, case)}
