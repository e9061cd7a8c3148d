"""How far back a member looks."""

from django import forms
from django.utils.translation import gettext_lazy

from forums.reading.marks.models import FEWEST_DAYS, MOST_DAYS

_WRONG = gettext_lazy("Write a number of days, from 2 to 60.")


class WindowForm(forms.Form):
    """Her window, in days."""

    days = forms.IntegerField(
        label=gettext_lazy("How many days back"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("From 2 to 60. What is older is not called new any more."),
        error_messages={
            "required": _WRONG, "invalid": _WRONG, "min_value": _WRONG, "max_value": _WRONG,
        },
    )  # fmt: skip
