"""The form that decides: what, under which rule, why, and what else one of the answers asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text, says
from forums.moderation.grounds import Grounds, clean_reason
from forums.moderation.models import REASON_LENGTH
from forums.moderation.queue.registry import CaseAnswer
from forums.moderation.rules.models import HouseRule

_OWN = ("answer", "rule", "reason")


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One answer to choose, with what it asks beside the reason."""

    radio: BoundWidget
    fields: list[forms.BoundField]


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    head: str
    options: list[AnswerOption]


class CaseForm(forms.Form):
    """Nothing is chosen at first. `grounds` and `more` are what the answer's act is given."""

    answer = forms.ChoiceField(
        label=_("What is decided"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what is to be done.")},
    )
    rule = forms.ModelChoiceField(
        label=_("Under which rule"),
        queryset=HouseRule.objects.none(),
        required=False,
        empty_label=_("None of them"),
    )
    reason = Text(
        label=_("Why, as its author will read it"),
        help_text=_("It stands in the public log as well, so leave out names and private matters."),
        required=False,  # clean_reason says what is missing, in its own words
        strip=False,
        limit=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )

    def __init__(self, *args: Any, answers: Mapping[str, CaseAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        choices = [(name, answer.label) for name, answer in answers.items()]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]
        self.fields["rule"].queryset = HouseRule.objects.in_force()  # type: ignore[attr-defined]
        self.asked: set[str] = set()  # each for one answer only
        self.must: set[str] = set()
        for answer in answers.values():
            for name, make in answer.asks.items():
                self._ask(name, make())

    def _ask(self, name: str, field: forms.Field) -> None:
        """One more field, that is needed only for the answer that asks for it."""
        self.asked.add(name)
        if field.required:
            self.must.add(name)
        field.required = False
        field.widget.is_required = False
        self.fields[name] = field

    def groups(self) -> list[AnswerGroup]:
        """The answers under their heads, each with the fields that it asks for."""
        radios = iter(self["answer"])
        offered = zip(self.answers.items(), radios, strict=True)
        return [
            AnswerGroup(
                str(head),
                [
                    AnswerOption(radio, [self[each] for each in answer.asks])
                    for (_name, answer), radio in found
                ],
            )
            for head, found in groupby(offered, lambda each: each[0][1].head)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = self.answers.get(data.get("answer", ""))
        for name in self.asked:
            if chosen is None or name not in chosen.asks:
                self.errors.pop(name, None)  # what another answer would ask for
                data.pop(name, None)
            elif name in self.must and data.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("This is needed for what you have chosen."))
        if chosen is not None and (chosen.says_why or data.get("reason", "").strip()):
            try:
                data["reason"] = says(clean_reason, data.get("reason", ""))
            except forms.ValidationError as error:
                self.add_error("reason", error)
        return data

    @property
    def more(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in _OWN}

    @property
    def grounds(self) -> Grounds:
        until = self.more.get("until")
        return Grounds(
            self.cleaned_data.get("reason", ""),
            self.cleaned_data.get("rule"),
            until if isinstance(until, datetime) else None,
        )
