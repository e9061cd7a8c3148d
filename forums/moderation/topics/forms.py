"""What a decision about a topic asks beside why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.moderation.forms import ActForm, MomentForm

_PACES = {
    2: _("2 minutes"),
    5: _("5 minutes"),
    10: _("10 minutes"),
    30: _("30 minutes"),
    60: _("1 hour"),
    240: _("4 hours"),
    1440: _("1 day"),
}


class SlowForm(ActForm):
    minutes = forms.TypedChoiceField(
        label=_("Each member writes once in"),
        choices=list(_PACES.items()),
        coerce=int,
        initial=10,
        help_text=_("It stands above the box where one answers. Moderators are not held."),
    )
    field_order = ["minutes", "rule", "reason"]


class CloseAtForm(MomentForm):
    """From when on it takes no replies."""

    moment = "at"
