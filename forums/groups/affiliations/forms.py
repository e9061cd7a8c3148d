"""What a network says of an organisation in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text, says
from forums.base.limits import fitting_line
from forums.groups.organisations.models import NOTE_LENGTH


class NoteForm(forms.Form):
    note = Text(
        label=_("In a few words"),
        required=False,
        limit=NOTE_LENGTH,
        widget=forms.TextInput(attrs={"maxlength": NOTE_LENGTH}),
    )

    def clean_note(self) -> str:
        return says(fitting_line, self.cleaned_data["note"], NOTE_LENGTH)
