"""Agreeing, and publishing a wording."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.privacy.agreements.models import SAID_LENGTH


class AgreeForm(forms.Form):
    consent = forms.BooleanField(
        label=_("I agree to the house rules and the terms of use."),
        error_messages={
            "required": _("To write here, please agree. Reading on is always possible.")
        },
    )


class WordingForm(forms.ModelForm):
    """What changed, in a few words everybody reads."""

    said = forms.CharField(
        label=_("What changed"),
        max_length=SAID_LENGTH,
        help_text=_("Change the pages first. Each member is asked once, before she writes again."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
