"""What may be decided on a case: the answers its kind gives, or those that hold for every thing of a kind.

An answer's act is called with the moderator, the case (locked), the grounds, and what else was asked for; it returns
the Decision it made, if one was needed. Case first, then the thing: whoever locks both keeps to that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.forms import Field
from django.utils.functional import Promise

from forums.moderation.queue.models import ANSWER_LENGTH
from forums.moderation.subjects import Subject

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.moderation.grounds import Grounds
    from forums.moderation.models import Decision
    from forums.moderation.queue.models import Case

type Deed = Callable[["Member", "Case", "Grounds", Mapping[str, Any]], "Decision | None"]
type Asked = Callable[[], Field]  # makes a field of the form


def _anybody(_member: Any, _case: "Case") -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to end a case. `refused` says that what was asked is not done; `grave`, that its words warn.

    `asks` are more fields, by name, which only this answer needs; what is typed as `until` is the grounds' end, too.
    `says_why`: it needs a reason. `may` narrows who of those that look into the case may choose it. `ends`: the case
    is over; else it waits on.
    """

    name: str
    label: Promise
    act: Deed
    refused: bool = False
    grave: bool = False
    asks: Mapping[str, Asked] = field(default_factory=dict)
    says_why: bool = True
    may: Callable[[Any, "Case"], bool] = _anybody
    ends: bool = True
    place: int = 50  # among the others, the mildest first

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= ANSWER_LENGTH:
            raise ValueError(self.name)


type Offering = Callable[["Case", Subject | None], Sequence[Answer]]

_GENERAL: list[Offering] = []


def general_answers(offering: Offering) -> Offering:
    """Register answers that hold for things of some kind, whatever waits about them; a decorator.

    The function is given the case and the thing as it stands (None: gone, or not to be seen).
    """
    _GENERAL.append(offering)
    return offering


def general(case: "Case", subject: Subject | None) -> list[Answer]:
    """What may be decided about such a thing, whatever waits, in order."""
    found = [answer for offering in _GENERAL for answer in offering(case, subject)]
    return sorted(found, key=lambda answer: answer.place)
