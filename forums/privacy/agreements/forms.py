"""Agreeing, and publishing a wording."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.agreeing import TERMS_WORDS, in_force
from forums.privacy.agreements.models import BOX_LENGTH, SAID_LENGTH

_DRAFT = _("A draft, until a lawyer has read it.")


class AgreeForm(forms.Form):
    consent = forms.BooleanField(
        label=TERMS_WORDS,
        error_messages={
            "required": _("To write here, please agree. Reading on is always possible.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = in_force().terms


class WordingForm(forms.ModelForm):
    """What changed, in a few words everybody reads; and the words of the two boxes, as they stand until they are changed."""

    said = forms.CharField(
        label=_("What changed"),
        max_length=SAID_LENGTH,
        help_text=_("Change the pages first. Each member is asked once, before she writes again."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    age = forms.CharField(
        label=_("The box about age, for who signs up"),
        max_length=BOX_LENGTH,
        help_text=_DRAFT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    terms = forms.CharField(
        label=_("The box about rules and terms"),
        max_length=BOX_LENGTH,
        help_text=_DRAFT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "age" in self.fields:  # shown to be read, the form has no fields
            words = in_force()
            with override(settings.LANGUAGE_CODE):  # members read them in the site's language
                self.initial.update(age=str(words.age), terms=str(words.terms))
