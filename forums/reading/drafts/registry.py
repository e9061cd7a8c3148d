"""Forms that keep drafts: which address has one, and what the place is called. Wings to the right register theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from accounts.models import Member

# What she may see of the things that go by these keys: each with its name. One query.
type Names = Callable[["Member", set[Any]], dict[Any, str]]


@dataclass(frozen=True, slots=True)
class PlaceKind:
    """The form of a route. Its place is named by `label`, into which the %(name)s goes of what `argument` of its
    address stands for; `by` is a field that tells two places of one address apart."""

    label: str | Promise
    argument: str = ""
    names: Names | None = None
    by: str = ""


_KINDS: dict[str, PlaceKind] = {}


def draft_place(
    route: str,
    label: str | Promise,
    *,
    argument: str = "",
    names: Names | None = None,
    by: str = "",
) -> None:
    """Register that the form of this route (its name) keeps drafts."""
    _KINDS[route] = PlaceKind(label, argument, names, by)


def kind_of(route: str | None) -> PlaceKind | None:
    """What is registered of a route; None where its form keeps no drafts."""
    return _KINDS.get(route or "")
