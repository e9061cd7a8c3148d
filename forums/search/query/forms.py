"""The fields beside the search box: the filters of the query language, for who would rather choose.

The form never stands in the way of a search: what a field cannot read is said at the field, and the
search goes on without it.
"""

from collections.abc import Iterator
from copy import deepcopy
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import F, Q
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from forums.discussions.boards.models import Board, access_of
from forums.discussions.openings.forms import grouped
from forums.groups.memberships.models import roles_of
from forums.search.query.filters import FILTERS
from forums.text.thai import clean_line

PARAMS = [one.param for one in FILTERS.values()]


class Filters:
    """`Filters(request.GET, member=request.user)`: the form, made only where it is needed.

    Nearly every search leaves it empty, and an empty form is printed once for all who see the same in it.
    """

    def __init__(self, data: QueryDict, *, member: Any) -> None:
        self.data, self.member = data, member

    @cached_property
    def form(self) -> "SearchForm":
        return SearchForm(self.data, member=self.member)

    def __iter__(self) -> Iterator[BoundField]:
        return iter(self.form)

    def asked(self) -> dict[str, Any]:
        """What stands in the fields and could be read, by their names: what `ask` takes."""
        return self.form.asked() if self._touched else {}

    @cached_property
    def is_used(self) -> bool:
        """Does anything stand in it? Then the page shows it open."""
        return self._touched and bool(self.asked() or self.form.errors)

    @property
    def none(self) -> dict[str, None]:
        """For {% querystring %}: this address without any filter, from its first page."""
        return dict.fromkeys([*PARAMS, "page"])

    @property
    def sees(self) -> str:
        """The same for members who see the same boards in it."""
        return f"{access_of(self.member)} {sorted(roles_of(self.member))}"

    @cached_property
    def _touched(self) -> bool:
        return any(self.data.get(name) for name in PARAMS)


class SearchForm(forms.Form):
    """The fields of `Filters`: one for each filter."""

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields.update({one.param: deepcopy(one.form_field) for one in FILTERS.values()})
        # Its choices cost a query, which only a page that prints them pays.
        self.fields["in"].choices = lambda: self.boards  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        clean = getattr(self, "cleaned_data", {})
        return {name: clean[name] for name in PARAMS if clean.get(name)}

    @cached_property
    def boards(self) -> list[tuple[str, Any]]:
        """The house's boards and those of her own networks; others' are many, but the one in use is there."""
        here = clean_line(str(self.data.get("in") or "")[:200])
        near = Q(network=None) | Q(network__in=list(roles_of(self.member))) | Q(slug=here)
        boards = Board.objects.visible_to(self.member).filter(near)
        return [
            ("", _("All boards")),
            *grouped(
                boards.select_related("parent", "network").order_by(
                    F("network__sort_key").asc(nulls_first=True), "position", "id"
                )
            ),
        ]
