"""Fields of the form beside the search box that are not as Django has them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from forums.base.form_fields import Text
from forums.text.reading_dates import NotADate, first_day


class DayField(Text):
    """A day, a month or a year, as one types it; its first day, 2026-01-31."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return first_day(typed, today=timezone.localdate()).isoformat()
        except NotADate as error:
            raise ValidationError(str(error.message)) from error


class BoardField(forms.ChoiceField):
    """A choice among boards. Others may be asked for by hand, and are looked up like those in the line:
    whether there is such a board is said nowhere but there."""

    def valid_value(self, value: Any) -> bool:
        return True
