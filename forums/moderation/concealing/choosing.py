"""Which passages are to be hidden: the field that asks, and how what was typed into it is read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text
from forums.moderation.concealing.models import WORDS_LENGTH

MOST_LINES = 50


def words_field(*, empty: bool = True) -> Text:
    """Passages, one a line: on the page of a post, and among what a case may be answered with. Left `empty`, what is found."""
    return Text(
        label=_("What is to be hidden"),
        required=False,
        max_length=WORDS_LENGTH * 4,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Copied from the text, one passage a line. Left empty: the telephone numbers, addresses and the like "
            "that are found in it."
        )
        if empty
        else _("Copied from the text, one passage a line."),
    )


def lines_of(text: str) -> list[str]:
    """The passages that were typed."""
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]
