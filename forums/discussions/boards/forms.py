"""What the forms of a board accept: the admin's, and a network's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.appearance import Emblem
from forums.base.errors import NotAllowed
from forums.base.form_fields import Text, field_of, says
from forums.discussions.boards.actions import SCOPE_LENGTH, check_place, clean_name
from forums.discussions.boards.models import HOUSE_LEVELS, NAME_LENGTH, Access, Board, OpenTo
from forums.text.slugs import slugify


class BoardForm(forms.ModelForm):
    class Meta:
        model = Board
        fields = [
            "name",
            "slug",
            "scope",
            "parent",
            "position",
            "colour",
            "emblem",
            "read_level",
            "write_level",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:  # a reader without the right to change gets a form without fields
            self.fields["slug"].required = False
            others = Board.objects.of_the_house().filter(parent=None).exclude(pk=self.instance.pk)
            field_of(self, "parent", forms.ModelChoiceField).queryset = others
            field_of(self, "read_level", forms.ChoiceField).choices = HOUSE_LEVELS
            field_of(self, "write_level", forms.ChoiceField).choices = [
                choice for choice in HOUSE_LEVELS if choice[0] != Access.EVERYONE
            ]

    def clean_name(self) -> str:
        return says(clean_name, self.cleaned_data["name"])

    def clean_slug(self) -> str:
        """As it will stand in the address; empty means: make one from the name."""
        slug: str = self.cleaned_data["slug"]
        return slug if slug == self.instance.slug else slugify(slug).strip("-")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        read_level, write_level = values.get("read_level"), values.get("write_level")
        if read_level is not None and write_level is not None:
            values["write_level"] = max(read_level, write_level)  # a writer must be able to read
        parent, board = values.get("parent"), self.instance if self.instance.pk else None
        if parent and read_level is not None:
            has_rooms = board is not None and board.rooms.exists()
            try:
                check_place(board=board, parent=parent, read_level=read_level, has_rooms=has_rooms)
            except NotAllowed as error:
                self.add_error("parent", str(error.message))
        return values

    def validate_constraints(self) -> None:
        """Nothing: the table's constraints say the same as `clean` and the action, in no reader's words."""


class NetworkBoardForm(forms.Form):
    """A board of a network, as its coordinators fill it in."""

    name = Text(
        label=_("Name"),
        limit=NAME_LENGTH,
        error_messages={"required": _("Please give the board a name.")},
    )
    scope = forms.CharField(
        label=_("What it is for, in one line"), max_length=SCOPE_LENGTH, required=False
    )
    open_to = forms.ChoiceField(
        label=_("Who reads and writes"),
        choices=OpenTo.choices,
        initial=OpenTo.EVERYONE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose who reads and writes.")},
    )
    emblem = forms.ChoiceField(label=_("emblem"), choices=Emblem.choices, required=False)

    def clean_name(self) -> str:
        return says(clean_name, self.cleaned_data["name"])
