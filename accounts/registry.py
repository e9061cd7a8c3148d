"""Where a member is led when she is in for the first time: a wing to the right says so, in its `kinds.py`."""

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
