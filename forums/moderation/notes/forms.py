"""What a note asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text
from forums.moderation.notes.models import NOTE_LENGTH


class StaffNoteForm(forms.Form):
    text = Text(
        label=_("What other moderators should know"),
        help_text=_(
            "She does not read it, and nobody but moderators does. Write what happened, not what you think of her."
        ),
        strip=False,
        limit=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LENGTH}),
    )
    days = forms.TypedChoiceField(
        label=_("For how long"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
        coerce=int,
        initial=90,
    )
