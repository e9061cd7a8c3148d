"""What one answers to an activity."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.activities.models import Answer


class AttendanceForm(forms.Form):
    answer = forms.ChoiceField(
        choices=[(each.value, each.label) for each in (Answer.GOING, Answer.MAYBE, Answer.NOT)],
        error_messages={
            "required": _("Please choose one of the answers."),
            "invalid_choice": _("Please choose one of the answers."),
        },
    )
