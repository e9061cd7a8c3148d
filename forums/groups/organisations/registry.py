"""What follows when it changes who says that she represents an organisation: nouns to the right register it in `kinds.py`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forums.groups.organisations.models import Organisation

type Changed = Callable[["Organisation"], None]
_CHANGED: list[Changed] = []


def on_claims_changed(then: Changed) -> Changed:
    """Call `then` with the organisation, its row being locked; a decorator."""
    _CHANGED.append(then)
    return then


def claims_changed(organisation: "Organisation") -> None:
    """Somebody claims, is believed, or is no more. Called by actions."""
    for then in _CHANGED:
        then(organisation)
