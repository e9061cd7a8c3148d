"""What a member says who lost her device."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text
from forums.moderation.lost_devices.models import WORDS_LENGTH


class LostDeviceForm(forms.Form):
    words = Text(
        label=_("How can the moderators know that it is you?"),
        help_text=_(
            "Who of your network knows you, or a telephone number to call. Only moderators read it; it is "
            "deleted when this has ended. Never your password."
        ),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": WORDS_LENGTH}),
    )
