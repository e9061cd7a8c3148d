"""What is typed about what another means."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Text, counted, says
from forums.base.limits import read_length
from forums.knowledge.restatements.actions import clean
from forums.knowledge.restatements.models import LENGTH


class RestateForm(AsksFirst):
    body = Text(
        label=_("What you mean is …"),
        limit=LENGTH,
        count=read_length,
        widget=forms.Textarea(attrs={"rows": 3} | counted(LENGTH)),
        help_text=_(
            "Up to %(limit)d characters, in your own words. Write it so that whoever wrote it would say: yes, just that."
        )
        % {"limit": LENGTH},
        error_messages={"required": _("Write first what you think is meant.")},
    )

    def clean_body(self) -> str:
        return says(clean, self.cleaned_data["body"])


class FitsForm(AsksFirst):
    """Its two buttons are `fits`."""

    everyone_reads = ("missing",)

    fits = forms.TypedChoiceField(
        choices=[("1", pgettext_lazy("what was meant", "Just that")), ("0", _("Not yet"))],
        coerce=lambda value: value == "1",
        error_messages={
            "required": _("Say whether this is what you mean."),
            "invalid_choice": _("Say whether this is what you mean."),
        },
    )
    missing = Text(
        label=_("What is missing"),
        required=False,
        limit=LENGTH,
        count=read_length,
        widget=forms.TextInput(attrs=counted(LENGTH)),
        help_text=_("For “not yet”: up to %(limit)d characters.") % {"limit": LENGTH},
    )

    def clean_missing(self) -> str:
        return says(lambda typed: clean(typed, nothing=True), self.cleaned_data["missing"])
