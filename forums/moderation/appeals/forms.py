"""What whoever asks to look again says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text
from forums.moderation.appeals.models import WORDS_LENGTH


class AppealForm(forms.Form):
    words = Text(
        label=_("What was judged wrongly?"),
        help_text=_(
            "The moderator who looks again reads it, and nobody else. You can ask once, so say all of it."
        ),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": WORDS_LENGTH}),
    )
