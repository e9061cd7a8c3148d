"""What a sanction asks beside why: for how long."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.moderation.forms import ActForm, MomentForm
from forums.moderation.sanctions.models import SILENCES

_LENGTHS = {1: _("1 day"), 3: _("3 days"), 7: _("7 days"), 30: _("30 days")}


class SilenceForm(ActForm):
    days = forms.TypedChoiceField(
        label=_("For how long"),
        choices=[(days, _LENGTHS[days]) for days in SILENCES],
        coerce=int,
        help_text=_("She reads as before, and writes nothing for others. She is told why by mail."),
    )
    field_order = ["days", "rule", "reason"]


class SuspendForm(MomentForm):
    """Until a day; she is let in again by herself when it has come."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["day"].label = _("Until which day")
