"""What forms of signing in share: no placeholders, and codes of any digits."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

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

    def clean(self) -> dict[str, Any] | None:
        if mailing.is_away():
            raise ValidationError(mailing.AWAY, code="mail_away")
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
