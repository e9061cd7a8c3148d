"""What nouns of moderation register with one another, whichever way they stand."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import Member

# Called when a spammer's hosts are to be blocked, and (False) when that is taken back.
type Blocking = Callable[["Member", Sequence[str], bool], None]

_BLOCKINGS: list[Blocking] = []


def when_swept(blocking: Blocking) -> Blocking:
    """Register who blocks the hosts a spammer wrote of: given the moderator, the hosts, and whether to; a decorator."""
    _BLOCKINGS.append(blocking)
    return blocking


def can_block() -> bool:
    """Is there anybody who blocks hosts?"""
    return bool(_BLOCKINGS)


def block(moderator: "Member", hosts: Sequence[str], *, on: bool) -> None:
    """Block these hosts, or no longer."""
    for blocking in _BLOCKINGS if hosts else ():
        blocking(moderator, hosts, on)
