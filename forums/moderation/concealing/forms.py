"""Which passages a moderator hides, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text, field_of
from forums.moderation.concealing.models import WORDS_LENGTH
from forums.moderation.forms import ActForm

MOST_LINES = 50


def words_field() -> Text:
    """Passages, one a line: on the page of a post, and among what a case may be answered with."""
    return Text(
        label=_("What is to be hidden"),
        required=False,
        max_length=WORDS_LENGTH * 4,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Copied from the text, one passage a line. Left empty: the telephone numbers, addresses and the like "
            "that are found in it."
        ),
    )


def lines_of(text: str) -> list[str]:
    """The passages that were typed."""
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]


class ConcealForm(ActForm):
    """`found` are the passages the finder offers."""

    found = forms.MultipleChoiceField(
        label=_("Found in the text"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = words_field()
    field_order = ["found", "words", "reason"]

    def __init__(self, *args: Any, found: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of(self, "found", forms.MultipleChoiceField)
        field.choices = [(each, each) for each in found]
        field.initial = found
        self.fields["words"].label = _("Other words to be hidden")
        self.fields["words"].help_text = _("Copied from the text, one passage a line.")

    @property
    def passages(self) -> list[str]:
        data = self.cleaned_data
        return [*data["found"], *lines_of(data["words"])]
