"""What joining, answering and looking after members ask."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from forums.base.form_fields import Hidden, Text, says
from forums.groups.memberships import actions
from forums.groups.memberships.actions import ANSWER_LENGTH, WORD_LENGTH
from forums.groups.memberships.models import Role

ROLE_HINTS = {
    Role.MEMBER: gettext_lazy("Reads and writes in the network's boards, comes to its activities."),
    Role.SPOKESPERSON: gettext_lazy("May also say something in the network's name."),
    Role.MODERATOR: gettext_lazy("May also hide, close and pin in the network's boards."),
    Role.COORDINATOR: gettext_lazy(
        "May do all of this, lets people in, gives roles, and looks after the network's page."
    ),
}


def _answer(label: Any) -> Text:
    return Text(
        label=label,
        limit=ANSWER_LENGTH,
        required=False,  # the action says what is missing, in its own words
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": ANSWER_LENGTH, "required": True}),
    )


class JoinForm(forms.Form):
    """The network's questions, two at most. `seen` names them as they were shown."""

    answer0 = _answer(gettext_lazy("First question"))
    answer1 = _answer(gettext_lazy("Second question"))
    seen = forms.CharField(required=False, widget=Hidden, max_length=64)

    def __init__(self, *args: Any, questions: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        self.initial.setdefault("seen", self.name_of_questions)
        for number, name in enumerate(("answer0", "answer1")):
            if number < len(self.questions):
                self.fields[name].label = self.questions[number]
            else:
                del self.fields[name]

    @property
    def name_of_questions(self) -> str:
        return hashlib.sha256("\n".join(self.questions).encode()).hexdigest()[:16]

    @property
    def are_others(self) -> bool:
        """Were the questions changed since the form was shown?"""
        seen = self.cleaned_data.get("seen")
        return bool(seen) and seen != self.name_of_questions

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        return [self[f"answer{number}"] for number in range(len(self.questions))]

    @property
    def answers(self) -> list[str]:
        return [
            self.cleaned_data.get(f"answer{number}", "") for number in range(len(self.questions))
        ]


class RequestAnswerForm(forms.Form):
    """A coordinator's answer to who asks to join."""

    accept = forms.TypedChoiceField(
        choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1", widget=Hidden
    )
    word = Text(
        label=gettext_lazy("A word to her"),
        required=False,
        strip=False,
        limit=WORD_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": WORD_LENGTH}),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Role.choices, widget=forms.RadioSelect
    )

    @property
    def roles(self) -> list[tuple[str, Any, Any, bool]]:
        """Value, name, what it may do, and whether it is the one chosen."""
        chosen = self["role"].value()
        return [
            (value, label, ROLE_HINTS[Role(value)], value == chosen)
            for value, label in Role.choices
        ]


class RemoveForm(forms.Form):
    reason = Text(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("She gets this by e-mail. It stays in the network's history."),
        required=False,
        strip=False,
        limit=WORD_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": WORD_LENGTH, "required": True}),
    )

    def clean_reason(self) -> str:
        return says(actions.clean_reason, self.cleaned_data["reason"])
