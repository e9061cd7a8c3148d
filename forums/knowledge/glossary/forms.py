"""What a word means to a network, as it is typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Hidden, Text, counted, field_of, says
from forums.base.limits import read_length
from forums.groups.memberships.models import MyNetwork
from forums.knowledge.glossary.actions import clean_meaning, clean_term
from forums.knowledge.glossary.models import MEANING_LENGTH, TERM_LENGTH


class MeaningForm(AsksFirst):
    network = forms.TypedChoiceField(label=_("In the name of"), coerce=int)
    term = Text(
        label=_("The word"),
        limit=TERM_LENGTH,
        count=read_length,
        widget=forms.TextInput(attrs=counted(TERM_LENGTH)),
        help_text=_("Up to %(limit)d characters.") % {"limit": TERM_LENGTH},
        error_messages={"required": _("Write the word first.")},
    )
    body = Text(
        label=_("What it means to us"),
        required=False,
        strip=False,
        limit=MEANING_LENGTH,
        count=read_length,
        widget=forms.Textarea(attrs={"rows": 3} | counted(MEANING_LENGTH)),
        help_text=_(
            "Two lines, up to %(limit)d characters. Say what it means to you, not what is right."
        )
        % {"limit": MEANING_LENGTH},
        error_messages={"required": _("Write what it means to you first.")},
    )
    seen = forms.IntegerField(min_value=0, max_value=2**63 - 1, widget=Hidden)

    def __init__(
        self, *args: Any, networks: Sequence[MyNetwork], changing: bool = False, **kwargs: Any
    ) -> None:
        """`networks`: in whose names she may say it; `changing` a card, whose word and network stay."""
        super().__init__(*args, **kwargs)
        choice = field_of(self, "network", forms.TypedChoiceField)
        choice.choices = [(place.network_id, place.name) for place in networks]
        if len(networks) == 1 and not changing:
            choice.widget = Hidden()
        choice.disabled = self.fields["term"].disabled = changing
        self.fields["body"].required = not changing  # what there is not yet cannot be taken back

    def clean_term(self) -> str:
        return says(clean_term, self.cleaned_data["term"])

    def clean_body(self) -> str:
        body = says(clean_meaning, self.cleaned_data["body"])
        if not body and self.fields["body"].required:
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        return body
