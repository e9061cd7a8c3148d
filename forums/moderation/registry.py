"""What nouns to the right register here: how a decision is undone, and what follows from one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.moderation.grounds import Grounds
    from forums.moderation.models import Decision

type Undo = Callable[["Decision", "Member", "Grounds"], "Decision | None"]
type Decided = Callable[["Decision"], None]

_UNDOING: dict[tuple[str, str], Undo] = {}
_DECIDED: list[Decided] = []


def undone_by(act: str, about: str, undo: Undo) -> None:
    """Register how an act on such a thing (a name of TARGETS) is taken back: by an action, which returns its decision, or
    None where nothing is left to take back."""
    _UNDOING[act, about] = undo


def undoing_of(decision: "Decision") -> Undo | None:
    """How this one is taken back; None where only words can do it."""
    return _UNDOING.get((decision.act, decision.about))


def after_decided(then: Decided) -> Decided:
    """Register what follows from every decision, in its transaction, its thing being locked; a decorator."""
    _DECIDED.append(then)
    return then


def decided(decision: "Decision") -> None:
    """This was decided."""
    for then in _DECIDED:
        then(decision)


def plainly(action: Callable[..., "Decision | None"], about: str) -> Undo:
    """The undoing by an action that asks for nothing but the thing, the moderator and the reason."""

    def undo(decision: "Decision", moderator: "Member", grounds: "Grounds") -> "Decision | None":
        return action(**{about: getattr(decision, about)}, moderator=moderator, reason=grounds)

    return undo


type Removal = Callable[[Any, "Member", "Grounds"], "Decision | None"]
_REMOVING: dict[str, Removal] = {}


def removed_by(kind: str, action: Callable[..., "Decision | None"], name: str = "") -> None:
    """Register the action that takes things of this kind (`subjects`) out of everyone's sight; `name` is its argument."""

    def remove(thing: Any, moderator: "Member", grounds: "Grounds") -> "Decision | None":
        return action(**{name or kind: thing}, moderator=moderator, reason=grounds)

    _REMOVING[kind] = remove


def removal_of(kind: str) -> Removal | None:
    """How such a thing is taken out of sight."""
    return _REMOVING.get(kind)
