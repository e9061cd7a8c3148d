"""What a sweep asks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.moderation.forms import ActForm


class SweepForm(ActForm):
    out = forms.ChoiceField(
        label=_("The account"),
        choices=[
            ("ban", _("may not come back")),
            ("suspend", _("is suspended")),
            ("none", _("stays as it is")),
        ],
        initial="ban",
    )
    profile = forms.BooleanField(
        label=_("Empty the profile as well; this one cannot be undone"), required=False
    )
    hosts = forms.MultipleChoiceField(
        label=_("Block these addresses for everyone"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["out", "profile", "hosts", "rule", "reason"]

    def __init__(self, *args: Any, hosts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hosts:
            self.fields["hosts"].choices = [(host, host) for host in hosts]  # type: ignore[attr-defined]
        else:
            del self.fields["hosts"]
