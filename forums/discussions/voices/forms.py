"""What is typed about networks in a topic."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Hidden, Text, says
from forums.base.limits import read_length
from forums.discussions.voices.actions import clean_view
from forums.discussions.voices.models import VIEW_LENGTH


class ViewForm(AsksFirst):
    body = Text(
        label=_("Our view"),
        required=False,
        strip=False,
        limit=VIEW_LENGTH,
        count=read_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Up to %(limit)d characters: how your network sees this, from where you stand, and what it "
            "rests on. It stands beside the topic, signed; earlier versions stay readable."
        )
        % {"limit": VIEW_LENGTH},
    )
    seen = forms.IntegerField(min_value=0, max_value=32000, widget=Hidden)

    def clean_body(self) -> str:
        return says(clean_view, self.cleaned_data["body"])


class NetworkChoice(forms.Form):
    """One network, by its number, from a list that was shown."""

    network = forms.IntegerField(min_value=1, max_value=2**63 - 1)

    def chosen(self) -> Any:
        """The number, or None for what is none."""
        return self.cleaned_data["network"] if self.is_valid() else None
