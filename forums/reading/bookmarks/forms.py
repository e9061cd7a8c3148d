"""What is typed beside a bookmark."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text, says
from forums.base.limits import fitting_line
from forums.reading.bookmarks.models import NOTE_LENGTH
from forums.text.reading_dates import LONGEST, NotADate, read_date


class BookmarkForm(forms.Form):
    """A note, and a day to be reminded."""

    note = Text(
        label=_("Note"),
        required=False,
        limit=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": NOTE_LENGTH}),
        help_text=_("Why you marked it. Only you read this."),
    )
    day = Text(
        label=_("Remind me on"),
        required=False,
        limit=LONGEST,
        help_text=_("A day like 5/12/2026. On that day it stands on top of your bookmarks."),
    )
    by_mail = forms.BooleanField(label=_("Remind me by e-mail too"), required=False)

    def clean_note(self) -> str:
        return says(fitting_line, self.cleaned_data["note"], NOTE_LENGTH)

    def clean_day(self) -> date | None:
        if not (typed := self.cleaned_data["day"].strip()):
            return None
        try:
            return read_date(typed, today=timezone.localdate())
        except NotADate as error:
            raise ValidationError(str(error.message)) from error
