"""What is asked of who reports something."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text, field_of
from forums.moderation.reports.models import HINTS, WORDS_LENGTH, Problem

# About whom or what as a whole nobody says that it stands in the wrong place.
_NEVER_OFF_TOPIC = ("member", "network", "organisation", "line", "message")


class ProblemChoice(NamedTuple):
    """A reason to choose, as the form shows it."""

    value: str
    label: str
    hint: str | Promise
    is_chosen: bool
    asks_faith: bool


class ProblemForm(forms.Form):
    """What is wrong, in words where one likes; of what is against the law, that it is said in good faith."""

    problem = forms.ChoiceField(
        choices=Problem.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what is wrong.")},
    )
    good_faith = forms.BooleanField(
        label=_("I say this in good faith, and believe that it is so"), required=False
    )
    words = Text(
        label=_("Do you want to tell the moderators more?"),
        required=False,
        strip=False,
        limit=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": WORDS_LENGTH}),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        never = (Problem.OFF_TOPIC,) if kind in _NEVER_OFF_TOPIC else ()
        self._offered = [problem for problem in Problem if problem not in never]
        field = field_of(self, "problem", forms.ChoiceField)
        field.choices = [(problem.value, problem.label) for problem in self._offered]

    def problems(self) -> Iterator[ProblemChoice]:
        """The reasons with what each of them does; none is chosen at first."""
        for problem in self._offered:
            chosen = self["problem"].value() == problem.value
            hint = HINTS.get(problem, "")
            yield ProblemChoice(
                problem.value, str(problem.label), hint, chosen, problem == Problem.ILLEGAL
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        problem = cleaned.get("problem")
        if problem == Problem.ILLEGAL and not cleaned.get("good_faith"):
            self.add_error("good_faith", _("Please confirm that you report it in good faith."))
        if problem == Problem.OTHER and not str(cleaned.get("words", "")).strip():
            self.add_error("words", _("Please write what is wrong."))
        return cleaned
