"""What a decision asks of a moderator: why, and for some acts where to or how much."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, TrustLevel
from forums.boards.models import Board
from forums.errors import BadText
from forums.moderation.actions import clean_reason


class ActForm(forms.Form):
    """The reason every act asks. `cleaned_data` holds the arguments of the action."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_(
            "One sentence everyone can understand. It stands in the public log, "
            "so leave out names and private matters."
        ),
        required=False,  # clean_reason says what is missing, in its own words
        strip=False,
        max_length=1000,  # before cleaning; the action allows 300 after it
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300, "required": True}),
    )
    field_order = ["board", "level", "reason"]

    def __init__(self, *args: Any, moderator: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moderator = moderator

    def clean_reason(self) -> str:
        try:
            return clean_reason(self.cleaned_data["reason"])
        except BadText as error:
            raise forms.ValidationError(str(error.message)) from error


class BoardChoice(forms.ModelChoiceField):
    def label_from_instance(self, board: Board) -> str:  # type: ignore[override]
        """Rooms stand under their board."""
        return f"— {board.name}" if board.parent_id else board.name


class MoveForm(ActForm):
    board = BoardChoice(label=_("To which board"), queryset=Board.objects.none())

    def __init__(self, *args: Any, moderator: Member, **kwargs: Any) -> None:
        super().__init__(*args, moderator=moderator, **kwargs)
        self.fields["board"].queryset = Board.objects.visible_to(moderator).as_tree()  # type: ignore[attr-defined]


class TrustForm(ActForm):
    level = forms.TypedChoiceField(label=_("Trust level"), choices=TrustLevel.choices, coerce=int)
