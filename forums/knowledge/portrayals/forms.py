"""What is typed and chosen about what a network thinks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Text, counted, says
from forums.base.limits import read_length
from forums.knowledge.portrayals.actions import clean, clean_why
from forums.knowledge.portrayals.models import LENGTH, WHY_LENGTH

_HOW_WELL = [
    (1, _("Not at all")),
    (2, _("A little")),
    (3, _("In part")),
    (4, _("Nearly")),
    (5, _("Just so")),
]


class PortrayForm(AsksFirst):
    body = Text(
        label=_("What they think, as they would say it"),
        limit=LENGTH,
        count=read_length,
        widget=forms.Textarea(attrs={"rows": 4} | counted(LENGTH)),
        help_text=_("Up to %(limit)d characters. Not whether it is right: only what they mean.")
        % {"limit": LENGTH},
        error_messages={"required": _("Write first what you think they mean.")},
    )

    def clean_body(self) -> str:
        return says(clean, self.cleaned_data["body"])


class HowWell(forms.TypedChoiceField):
    """Five steps, each in words."""

    def __init__(self, **kwargs: Any) -> None:
        said = _("Say of both texts how well they fit.")
        super().__init__(
            choices=_HOW_WELL,
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": said, "invalid_choice": said},
            **kwargs,
        )


class JudgeForm(AsksFirst):
    """Of two texts, by the places they have for this reader: the form does not know whose they are."""

    everyone_reads = ("why",)

    first = HowWell(label=_("How well does the first fit?"))
    second = HowWell(label=_("How well does the second fit?"))
    why = Text(
        label=_("What is missing, or not so"),
        required=False,
        limit=WHY_LENGTH,
        count=read_length,
        widget=forms.TextInput(attrs=counted(WHY_LENGTH)),
        help_text=_("Up to %(limit)d characters. Whoever wrote it reads it, without your name.")
        % {"limit": WHY_LENGTH},
    )

    def clean_why(self) -> str:
        return says(clean_why, self.cleaned_data["why"])
