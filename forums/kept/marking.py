"""Which pages may be kept: said at their views."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forums.kept.models import PageScope, of_topic


@dataclass(frozen=True, slots=True)
class MayBeKept:
    """Of a view: the parameters of an address it knows, and what its pages rest on."""

    parameters: frozenset[str]
    topic: bool

    def scopes(self, kwargs: dict[str, Any]) -> list[int]:
        """Of a page asked for by these parts of its address."""
        return [int(PageScope.SITE), of_topic(kwargs["pk"]) if self.topic else int(PageScope.LISTS)]


def kept_for_visitors[View: Callable[..., Any]](
    *parameters: str, topic: bool = False
) -> Callable[[View], View]:
    """Keep the pages of this view for visitors. An address with other `parameters` than these is never kept.

    With `topic` they show one topic, by its `pk` in the address, and what is the site's (names, what moderators decide):
    never a count of anything else, unless they say so (`forums.text.noted.rests_on`). Others rest on all that lists show.
    """

    def mark(view: View) -> View:
        view.kept = MayBeKept(frozenset(parameters), topic)  # type: ignore[attr-defined]
        return view

    return mark
