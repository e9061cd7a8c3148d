"""What a sweep asks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text, field_of
from forums.moderation.forms import ActForm
from forums.moderation.watched.models import TEXT_LENGTH, WatchedKind


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
    patterns = forms.MultipleChoiceField(
        label=_("Watch for this from now on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    phrase = Text(
        label=_("A phrase whose texts wait for a moderator from now on"),
        required=False,
        limit=TEXT_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("You see first what it would have met."),
    )
    field_order = ["out", "profile", "patterns", "phrase", "rule", "reason"]

    def __init__(self, *args: Any, patterns: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if patterns:
            field_of(self, "patterns", forms.MultipleChoiceField).choices = patterns
        else:
            del self.fields["patterns"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [tuple(each.split(" ", 1)) for each in data.get("patterns", ())]
        if phrase := data.pop("phrase", "").strip():
            chosen.append((WatchedKind.WORD.value, phrase))
        data["patterns"] = chosen
        return data
