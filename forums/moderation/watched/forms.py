"""What a moderator types into the lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text
from forums.moderation.watched.models import NOTE_LENGTH, TEXT_LENGTH, Follows, WatchedKind


class WatchForm(forms.Form):
    """A new entry, or other words for one that is there."""

    kind = forms.ChoiceField(label=_("Kind"), choices=WatchedKind.choices)
    text = Text(
        label=_("Which"),
        limit=TEXT_LENGTH,
        help_text=_(
            "A word as it is written plainly: tricks with spaces, dots and look-alikes are seen through."
        ),
    )
    follows = forms.ChoiceField(label=_("Then"), choices=Follows.choices)
    anywhere = forms.BooleanField(label=_("Also inside other words"), required=False)
    note = Text(label=_("Note for moderators"), limit=NOTE_LENGTH, required=False)
    until = forms.DateTimeField(
        label=_("Until (empty: until it is taken off)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
