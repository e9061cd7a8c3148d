"""What bringing a roster asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.groups.invitations.forms import DAY_CHOICES


class RosterForm(forms.Form):
    file = forms.FileField(
        label=_("File with addresses (CSV)"),
        allow_empty_file=True,  # read_roster says it better
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        help_text=_("Up to 500 addresses, 1 MB and 2,000 lines."),
        error_messages={"required": _("Please choose a file first.")},
    )
    days = forms.TypedChoiceField(
        label=_("Each invitation is good for"), choices=DAY_CHOICES, coerce=int, initial=30
    )
