"""Which pages may be kept: said at their views."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from forums.kept.models import PageScope, of_topic

Written = Callable[[QueryDict], str]


@dataclass(frozen=True, slots=True)
class MayBeKept:
    """Of a view: how it writes an address itself, from what was read of one; and what its pages rest on."""

    written: Written
    topic: bool

    def scopes(self, kwargs: dict[str, Any]) -> list[int]:
        """Of a page asked for by these parts of its address."""
        return [int(PageScope.SITE), of_topic(kwargs["pk"]) if self.topic else int(PageScope.LISTS)]


def kept_for_visitors[View: Callable[..., Any]](
    written: Written = lambda _query: "", *, topic: bool = False
) -> Callable[[View], View]:
    """Keep the pages of this view for visitors. An address is kept only as the view writes it: what stands behind its
    question mark must be what `written` makes of it, nothing where none is given. So there are no more of them than there
    are things to see, whatever is invented: a place in a list is any number, so later pages of lists are not kept.

    With `topic` they show one topic, by its `pk` in the address, and what is the site's (names, what moderators decide):
    never a count of anything else, unless they say so (`forums.text.noted.rests_on`). Others rest on all that lists show.
    """

    def mark(view: View) -> View:
        view.kept = MayBeKept(written, topic)  # type: ignore[attr-defined]
        return view

    return mark


def numbered(query: QueryDict) -> str:
    """How the address of a numbered page is written."""
    page = query.get("page", "")
    is_one = page == "last" or (page.isascii() and page.isdigit() and page[0] != "0")
    return f"page={page}" if is_one else ""
