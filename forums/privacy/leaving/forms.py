"""What becomes of what she wrote."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.personal import Farewell


class LeaveForm(forms.Form):
    """Nothing is chosen beforehand."""

    choice = forms.ChoiceField(
        label=_("What becomes of what you wrote?"),
        choices=Farewell.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what becomes of what you wrote.")},
    )
