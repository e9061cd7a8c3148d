"""The form that takes a file in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        allow_empty_file=True,  # read_sheet says it better
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        help_text=_("Up to 5 MB and 10,000 lines."),
        error_messages={"required": _("Please choose a file first.")},
    )
