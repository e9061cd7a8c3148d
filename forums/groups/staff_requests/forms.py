"""What is typed to the moderators."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text, field_of, says
from forums.base.limits import fitting
from forums.groups.staff_requests.models import REASON_LENGTH, StaffRequestKind


class StaffRequestForm(forms.Form):
    """What one asks the moderators for."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"), choices=StaffRequestKind.choices, widget=forms.RadioSelect
    )
    why = Text(
        label=_("Why?"),
        limit=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please say why.")},
    )

    def __init__(self, *args: Any, kinds: Iterable[StaffRequestKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names: dict[str, str | Promise] = {
            StaffRequestKind.VERIFY: _("To verify that the network is what it says"),
            StaffRequestKind.TAKE_OVER: _(
                "To take the network over, because nobody looks after it"
            ),
        }
        choices = [(kind, names[kind]) for kind in kinds]
        field = field_of(self, "kind", forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]

    def clean_why(self) -> str:
        return says(fitting, self.cleaned_data["why"].strip(), REASON_LENGTH)
