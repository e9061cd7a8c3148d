"""What one who is named writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Text, says
from forums.base.limits import fitting
from forums.moderation.clarifications.models import BODY_LENGTH, HOW_LENGTH, Named
from forums.text.thai import clean_text


class ClarifyForm(AsksFirst):
    named = forms.ChoiceField(
        label=_("How are you meant?"),
        choices=Named,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say how you are meant.")},
    )
    how = Text(
        label=_("Where are you named, or by what can one recognise you?"),
        limit=HOW_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only moderators read this."),
        error_messages={"required": _("Please say how you are meant.")},
    )
    body = Text(
        label=_("Your side"),
        limit=BODY_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Up to %(limit)d characters. It stands right under the topic's text, under your name, for everyone who "
            "reads it."
        )
        % {"limit": BODY_LENGTH},
        error_messages={"required": _("Please write something first.")},
    )

    def clean_how(self) -> str:
        nothing = _("Please say how you are meant.")
        return says(_fitting, self.cleaned_data["how"], HOW_LENGTH, nothing)

    def clean_body(self) -> str:
        nothing = _("Please write something first.")
        return says(_fitting, self.cleaned_data["body"], BODY_LENGTH, nothing)


def _fitting(text: str, most: int, nothing: str) -> str:
    return fitting(clean_text(text).strip(), most, nothing=nothing)
