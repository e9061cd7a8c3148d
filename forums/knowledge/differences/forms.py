"""What is said of a difference."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.knowledge.differences.models import DifferenceKind


class DifferenceForm(forms.Form):
    kind = forms.TypedChoiceField(
        label=_("What is it that differs?"),
        choices=DifferenceKind,
        coerce=DifferenceKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four, then send again.")},
    )
