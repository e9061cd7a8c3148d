"""Which passages a moderator hides, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import field_of
from forums.moderation.concealing.choosing import lines_of, words_field
from forums.moderation.forms import ActForm


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
