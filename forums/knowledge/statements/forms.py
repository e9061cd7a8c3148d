"""What is typed about statements: one that is handed in, and what is decided about it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Text, counted, field_of, says
from forums.base.limits import read_length
from forums.discussions.standpoints.forms import SpeaksFrom
from forums.knowledge.statements.models import LENGTH, Refusal, Statement
from forums.knowledge.statements.wording import clean, similar

_LINE = 40  # letters of a statement in a list to choose from, of two hundred


class ProposeForm(SpeaksFrom):
    """A statement. Where near ones stand already it comes again with those (`near`) and a second button: hers differs."""

    body = Text(
        label=_("Your statement"),
        limit=LENGTH,
        count=read_length,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3} | counted(LENGTH)),
        help_text=_(
            "One idea in one sentence that one can agree with, or not. Up to 140 characters."
        ),
        error_messages={"required": _("Write the statement first.")},
    )
    differs = forms.BooleanField(required=False)

    def __init__(self, *args: Any, among: Sequence[Statement] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.near: list[Statement] = []
        self._among = among

    def clean_body(self) -> str:
        return says(clean, self.cleaned_data["body"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("body") and not cleaned.get("differs"):
            self.near = similar(cleaned["body"], self._among)
        if self.near:
            raise ValidationError(
                _("Somebody has written something near it. Does one of these say what you mean?")
            )
        return cleaned


class RefuseForm(forms.Form):
    refusal = forms.ChoiceField(
        label=_("Why is it not put to the vote?"),
        choices=Refusal,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason: whoever wrote it will read it.")},
    )


class TogetherForm(forms.Form):
    into = forms.TypedChoiceField(
        label=_("Which one says the same?"),
        coerce=int,
        empty_value=None,
        error_messages={"required": _("Choose the statement that says the same.")},
    )

    def __init__(self, *args: Any, among: Sequence[Statement] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(each.number, Truncator(each.body).chars(_LINE)) for each in among]
        field_of(self, "into", forms.TypedChoiceField).choices = [("", _("Choose one")), *said]


def _part(label: Any, *, required: bool) -> Text:
    return Text(
        label=label,
        required=required,
        limit=LENGTH,
        count=read_length,
        widget=forms.Textarea(attrs={"rows": 2} | counted(LENGTH)),
        help_text=_("Up to %(limit)d characters.") % {"limit": LENGTH},
        error_messages={"required": _("Write this part.")},
    )


class PartForm(AsksFirst):
    """Its parts, two to four; what is left empty is none."""

    everyone_reads = ("part1", "part2", "part3", "part4")
    part1 = _part(_("The first part"), required=True)
    part2 = _part(_("The second part"), required=True)
    part3 = _part(_("A third part"), required=False)
    part4 = _part(_("A fourth part"), required=False)

    def clean(self) -> dict[str, Any] | None:
        for name in self.everyone_reads:
            if self.cleaned_data.get(name):
                try:
                    says(clean, self.cleaned_data[name])
                except ValidationError as error:
                    self.add_error(name, error)
        return super().clean()

    @property
    def parts(self) -> list[str]:
        """What the action wants to know."""
        return [self.cleaned_data[name] for name in self.everyone_reads]
