"""What forms of signing in share: no placeholders, and codes of any digits."""

from collections.abc import Callable
from typing import Any

from allauth.core import context as current
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from accounts import mailing
from forums.text.cleaning import THAI_DIGITS


class Plain(forms.Form):
    """No placeholders: they repeat the label, and are gone when one needs them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class Mailed(Plain):
    """A form that is answered by a letter: while none can go it is not taken, and what was typed stays."""

    hold: Callable[[HttpRequest, str], None] | None = None  # counts the letter

    def clean(self) -> dict[str, Any] | None:
        if mailing.is_away():
            raise ValidationError(mailing.AWAY, code="mail_away")
        if self.hold and (email := self.cleaned_data.get("email")):
            self.hold(current.request, email)
        return super().clean()


class Code(Plain):
    """A code is digits, from whichever keyboard."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.validators.append(MaxLengthValidator(40))
        field.widget.attrs |= {"inputmode": "numeric", "maxlength": "40"}

    def clean_code(self) -> str:
        data = self.cleaned_data
        data["code"] = data["code"].translate(THAI_DIGITS)
        return super().clean_code()  # type: ignore[misc]
