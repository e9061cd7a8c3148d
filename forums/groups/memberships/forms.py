"""What joining, answering, inviting and looking after members ask."""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from forums.base.form_fields import says
from forums.groups.invitations.actions import DAYS, MOST_ADDRESSES, MOST_USES
from forums.groups.memberships import actions
from forums.groups.memberships.actions import ANSWER_LENGTH, WORD_LENGTH
from forums.groups.memberships.models import Role

_DAYS = [(days, ngettext_lazy("%d day", "%d days", days) % days) for days in DAYS]
_ADDRESS = EmailValidator()
ROLE_HINTS = {
    Role.MEMBER: gettext_lazy("Reads and writes in the network's boards, comes to its activities."),
    Role.SPOKESPERSON: gettext_lazy("May also say something in the network's name."),
    Role.MODERATOR: gettext_lazy("May also hide, close and pin in the network's boards."),
    Role.COORDINATOR: gettext_lazy(
        "May do all of this, lets people in, gives roles, and looks after the network's page."
    ),
}


class JoinForm(forms.Form):
    """The network's questions. `seen` names them as they were shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, questions: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        self.initial.setdefault("seen", self.name_of_questions)
        for number, question in enumerate(self.questions):
            self.fields[f"answer{number}"] = forms.CharField(
                label=question,
                max_length=ANSWER_LENGTH * 4,  # before cleaning
                required=False,  # the action says what is missing, in its own words
                strip=False,
                widget=forms.Textarea(
                    attrs={"rows": 3, "maxlength": ANSWER_LENGTH, "required": True}
                ),
            )

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


class AnswerForm(forms.Form):
    """A coordinator's answer to who asks to join."""

    accept = forms.TypedChoiceField(
        choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1", widget=forms.HiddenInput
    )
    word = forms.CharField(
        label=gettext_lazy("A word to her"),
        required=False,
        strip=False,
        max_length=WORD_LENGTH * 4,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": WORD_LENGTH}),
    )


class LinkForm(forms.Form):
    """A link into the network."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("Good for"), choices=_DAYS, coerce=int, initial=7
    )
    uses = forms.IntegerField(
        label=gettext_lazy("How many people may use it"),
        min_value=1,
        max_value=MOST_USES,
        initial=30,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class MailForm(forms.Form):
    """Addresses to invite, one a line (or with commas between them)."""

    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy(
            "One a line, up to 20. Each gets a link of its own, good for one person."
        ),
        max_length=6000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocapitalize": "off", "spellcheck": "false"}),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Good for"), choices=_DAYS, coerce=int, initial=30
    )

    def clean_addresses(self) -> list[str]:
        """Every address, once; or what is wrong with each line."""
        found, wrong = [], []
        for number, line in enumerate(self.cleaned_data["addresses"].splitlines(), start=1):
            for typed in filter(None, re.split(r"[\s,;]+", line)):
                address = typed.strip("<>").lower()
                try:
                    if len(address) > 254:
                        raise ValidationError("")
                    _ADDRESS(address)
                except ValidationError:
                    wrong.append(
                        _("Line %(number)d: “%(typed)s” is no e-mail address.")
                        % {"number": number, "typed": typed[:60]}
                    )
                else:
                    found.append(address)
        if not found and not wrong:
            wrong.append(_("Please write at least one address."))
        found = list(dict.fromkeys(found))
        if len(found) > MOST_ADDRESSES:
            wrong.append(
                _("Up to %(most)d addresses at once, please; these are %(count)d.")
                % {"most": MOST_ADDRESSES, "count": len(found)}
            )
        if wrong:
            raise ValidationError(wrong[: MOST_ADDRESSES + 1])
        return found


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
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("She gets this by e-mail. It stays in the network's history."),
        required=False,
        strip=False,
        max_length=WORD_LENGTH * 4,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": WORD_LENGTH, "required": True}),
    )

    def clean_reason(self) -> str:
        return says(actions.clean_reason, self.cleaned_data["reason"])
