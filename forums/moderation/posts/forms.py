"""What deleting asks beside why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.moderation.forms import ActForm


class DeleteForm(ActForm):
    with_replies = forms.BooleanField(
        label=_("All that answers it too"),
        required=False,
        help_text=_(
            "Placeholders keep the places. Only moderators can still read the texts; each author is told."
        ),
    )
    field_order = ["with_replies", "rule", "reason"]
