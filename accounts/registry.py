"""What wings to the right say of a member, each in its `kinds.py`: where she is led when she is in for the first
time, and what is asked about her with her."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


_KNOWN: dict[str, str] = {}


def known_with_her(name: str, scalar: str) -> None:
    """Register what is asked with who is signed in, in the one statement that finds her: `known.known_of` answers it.

    A scalar of SQL, the member's id being `m.id`. Every page of every member asks it, so an index must answer it.
    """
    _KNOWN[name] = scalar


def known_sql() -> dict[str, str]:
    """What was registered, by name."""
    return _KNOWN
