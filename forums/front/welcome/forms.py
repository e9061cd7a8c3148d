"""What a newcomer tells of herself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.provinces import choices_after
from forums.base.form_fields import Text
from forums.groups.directory.query import LENGTH


class FirstStepForm(forms.Form):
    """What she cares about and where she is; both may be left out. Tags to tap on stand beside it (`Wish`)."""

    matter = Text(
        label=_("What do you care about?"),
        required=False,
        max_length=LENGTH * 2,  # cut at LENGTH: more words would find no other networks
        help_text=_("A few words, like: forest, old people at home, money of the village."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": str(LENGTH)}),
    )
    province = forms.ChoiceField(
        label=_("Which province are you in?"),
        required=False,
        choices=choices_after(_("Not said")),
        help_text=_(
            "It stands on your profile, where everyone can read it. By choosing it you consent to that."
        ),
    )
