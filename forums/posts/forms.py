"""What is typed into posts."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forums.errors import BadText
from forums.fields import Text
from forums.posts.bodies import clean_body
from forums.text.render import MAX_SOURCE


class BodyForm(forms.Form):
    """A text, with the name of this filling-in of the form: sent twice, it is written once."""

    body = Text(
        label=_("Text"),
        max_length=MAX_SOURCE * 2,  # the true limit is said by clean_body, with both numbers
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write something first.")},
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_body(self) -> str:
        try:
            return clean_body(self.cleaned_data["body"])
        except BadText as error:
            raise ValidationError(str(error.message)) from error


class ReplyForm(BodyForm):
    to = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )


class EditForm(BodyForm):
    reason = forms.CharField(
        label=_("What did you change, and why?"),
        max_length=200,
        required=False,
        help_text=_("Stands in the history, for everyone to read."),
    )
    revision = forms.IntegerField(
        required=False, min_value=0, max_value=32000, widget=forms.HiddenInput
    )
