"""What wings to the right say of a member, each in its `kinds.py`: where she is led when she is in for the first
time, and what is asked about her with her."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Member

type FirstPage = Callable[["Member"], str]  # its address, or '' for who needs none

_PAGES: list[FirstPage] = []


def first_page(where: FirstPage) -> FirstPage:
    """Register where to lead who signs in for the first time and came for nothing else; a decorator."""
    _PAGES.append(where)
    return where


def first_page_of(member: "Member") -> str:
    """The address of her first page, or ''."""
    return next((url for where in _PAGES if (url := where(member))), "")


type Scalar = str | Callable[[], str]  # called once everything is registered

_KNOWN: dict[str, Scalar] = {}


def known_with_her(name: str, scalar: Scalar) -> None:
    """Register what is asked with who is signed in, in the one statement that finds her: `known.known_of` answers it.

    A scalar of SQL, the member's id being `m.id`. Every page of every member asks it, so an index must answer it.
    """
    _KNOWN[name] = scalar


def known_sql() -> dict[str, str]:
    """What was registered, by name."""
    return {name: each if isinstance(each, str) else each() for name, each in _KNOWN.items()}


def known_names() -> Collection[str]:
    """The names alone, in the same order."""
    return _KNOWN.keys()


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Why somebody whose password is right is not let in: until when (None: no end is set), why, and where she may ask
    that it be looked at again (a label, an address)."""

    words: str
    reason: str
    until: datetime | None
    ways: tuple[tuple[str, str], ...] = ()


_COME_BACK: list[Callable[["Member"], bool]] = []
_WHY: list[Callable[["Member"], "TurnedAway | None"]] = []


def comes_back(ended: Callable[["Member"], bool]) -> Callable[["Member"], bool]:
    """Register what lets a member in again whose suspension has ended by itself: it is asked when she signs in."""
    _COME_BACK.append(ended)
    return ended


def is_back(member: "Member") -> bool:
    """Whether the suspension of a member who signs in has ended; then she is active again."""
    return any(ended(member) for ended in _COME_BACK)


def says_why(why: Callable[["Member"], "TurnedAway | None"]) -> None:
    """Register who knows why a member is turned away."""
    _WHY.append(why)


def why_turned_away(member: "Member") -> "TurnedAway | None":
    """What she is told who is not let in."""
    return next((found for why in _WHY if (found := why(member)) is not None), None)


# Each with whether she comes by an account elsewhere, of which one person has few.
type SigningUp = Callable[["HttpRequest", str, str, bool], None]
type SignedUp = Callable[["HttpRequest", "Member", bool], None]
_SIGNING_UP: list[SigningUp] = []
_SIGNED_UP: list[SignedUp] = []


def on_signing_up(look: SigningUp) -> SigningUp:
    """Call `look` with each request to sign up its address of e-mail and its handle. It may raise BadText; a decorator."""
    _SIGNING_UP.append(look)
    return look


def on_signed_up(then: SignedUp) -> SignedUp:
    """Call `then` with each new account, and from where it was made, in its transaction. It may raise BadText: then there
    is none; a decorator."""
    _SIGNED_UP.append(then)
    return then


def signing_up(
    request: "HttpRequest", email: str, handle: str = "", *, by_provider: bool = False
) -> None:
    """Somebody wants to sign up. Raises BadText, whether there is an account of this address or not."""
    for look in _SIGNING_UP:
        look(request, email, handle, by_provider)


def signed_up(request: "HttpRequest", member: "Member", *, by_provider: bool = False) -> None:
    """Somebody signs up. Raises BadText."""
    for then in _SIGNED_UP:
        then(request, member, by_provider)
