"""The fields beside the search box: the filters of the query language, for who would rather choose.

The form never stands in the way of a search: what a field cannot read is said at the field, and the
search goes on without it.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text
from forums.discussions.boards.models import Board, access_of
from forums.discussions.openings.forms import grouped
from forums.discussions.topics.models import Kind
from forums.groups.memberships.models import roles_of
from forums.search.query.filters import FIELDS
from forums.text.reading_dates import NotADate, first_day
from forums.text.thai import clean_line


class Day(Text):
    """A day, a month or a year, as one types it; its first day, 2026-01-31."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return first_day(typed, today=timezone.localdate()).isoformat()
        except NotADate as error:
            raise ValidationError(str(error.message)) from error


class OneOf(forms.ChoiceField):
    """A choice among boards. Others may be asked for by hand, and are looked up like those in the line:
    whether there is such a board is said nowhere but there."""

    def valid_value(self, value: Any) -> bool:
        return True


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
        """What stands in the fields and could be read, by the names of `asking.FIELDS`: what `ask` takes."""
        return self.form.asked() if self._touched else {}

    @cached_property
    def is_used(self) -> bool:
        """Does anything stand in it? Then the page shows it open."""
        return self._touched and bool(self.asked() or self.form.errors)

    @property
    def sees(self) -> str:
        """The same for members who see the same boards in it."""
        return f"{access_of(self.member)} {sorted(roles_of(self.member))}"

    @cached_property
    def _touched(self) -> bool:
        return any(self.data.get(name) for name in FIELDS)


class SearchForm(forms.Form):
    """The fields of `Filters`."""

    author = Text(label=_("Written by"), max_length=200, required=False)
    network = Text(label=_("Network"), max_length=200, required=False)
    tag = Text(label=_("Tags"), max_length=200, required=False)
    kind = forms.MultipleChoiceField(
        label=_("Kind of topic"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    after = Day(
        label=_("Written from this day on"),
        max_length=100,
        required=False,
        help_text=_("Like 31/1/2569, ม.ค. 2569 or 2569."),
    )
    before = Day(label=_("Written before this day"), max_length=100, required=False)
    image = forms.BooleanField(label=_("Only posts with a picture"), required=False)
    answered = forms.ChoiceField(
        label=_("Answered or not"),
        required=False,
        choices=[
            ("", _("All topics")),
            ("answered", _("Questions with an accepted answer")),
            ("unanswered", _("Questions still without one")),
        ],
    )

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        # "in" is a word of Python's. Its choices cost a query, which only a page that prints them pays.
        self.fields["in"] = OneOf(label=_("Board"), required=False, choices=lambda: self.boards)
        self.order_fields(["author", "in", "network", "tag", "kind", "after", "before"])

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        clean = getattr(self, "cleaned_data", {})
        return {name: clean[name] for name in FIELDS if clean.get(name)}

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
