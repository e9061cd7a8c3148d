"""A guess."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Hidden
from forums.knowledge.guesses.cards import TEN, GuessCard


class GuessForm(forms.Form):
    """Pressed with `skip`, no number is asked for."""

    card = forms.CharField(widget=Hidden, max_length=300)
    guess = forms.TypedChoiceField(
        label=_("How many of ten agree?"),
        choices=[(number, str(number)) for number in range(TEN + 1)],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a number from 0 to 10 first."),
            "invalid_choice": _("Choose a number from 0 to 10 first."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guess"].required = not (self.is_bound and "skip" in self.data)

    def clean_card(self) -> GuessCard:
        found = GuessCard.read(self.cleaned_data["card"])
        if found is None:
            raise forms.ValidationError(_("This card is not one of ours. Take the next one."))
        return found

    @property
    def number(self) -> int | None:
        """What she guessed; None where she passed on."""
        return None if "skip" in self.data else self.cleaned_data["guess"]


class CameFromForm(forms.Form):
    """From which statement's page somebody went to look; none: from the page of all."""

    statement = forms.IntegerField(required=False, min_value=1, max_value=9999)
