"""What is typed to ask a poll, and what is chosen to answer one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text, field_of, says
from forums.base.limits import fitting, fitting_line
from forums.discussions.polls import options as typed
from forums.discussions.polls.lists import PollRow
from forums.discussions.polls.models import (
    ABOUT_LENGTH,
    MOST,
    OPTION_LENGTH,
    QUESTION_LENGTH,
    Poll,
    PollKind,
    Shown,
)
from forums.discussions.polls.tallies import IF_NEED_BE, NO, YES
from forums.discussions.posts.forms import SpeakingForm
from forums.groups.networks.models import Network
from forums.text import dates
from forums.text.reading_dates import NotADate, NotATime, read_date, read_time
from forums.text.thai import clean_text

LASTS = timedelta(days=7)  # unless she says otherwise
_MOST_TYPED = OPTION_LENGTH * 4 * MOST


class PollForm(SpeakingForm):
    """A question of one kind; `networks` are those it may ask."""

    everyone_reads = ("question", "about", "options")
    body = None  # type: ignore[assignment]
    submission = None  # type: ignore[assignment]
    with_ai = None  # type: ignore[assignment]

    question = Text(
        label=_("What do you ask?"),
        limit=QUESTION_LENGTH,
        error_messages={"required": _("Please write what you ask.")},
    )
    about = Text(
        label=_("What one should know to answer"),
        required=False,
        strip=False,
        limit=ABOUT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    options = Text(
        label=_("Options, one a line"),
        max_length=_MOST_TYPED * 2,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Two to twenty, up to a hundred characters each."),
        error_messages={"required": _("Please write the options, one a line.")},
    )
    least = forms.IntegerField(
        label=_("At least how many?"),
        min_value=1,
        max_value=MOST,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Please write a number."),
            "invalid": _("Please write a number."),
        },
    )
    most = forms.IntegerField(
        label=_("At most how many?"),
        min_value=1,
        max_value=MOST,
        initial=3,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Please write a number."),
            "invalid": _("Please write a number."),
        },
    )
    closes_day = Text(
        label=_("Closes on"),
        max_length=100,
        help_text=_("At most ninety days from now. Whoever asked can close it sooner."),
        error_messages={"required": _("Please write a date, like 5/12/2026.")},
    )
    closes_time = Text(
        label=_("Time"),
        max_length=30,
        initial="20:00",
        error_messages={"required": _("Please write a time, like 18:00.")},
    )
    names_shown = forms.ChoiceField(
        label=_("Who sees who answered what?"),
        choices=(
            ("0", _("Nobody: the poll is secret")),
            ("1", _("Everyone who sees the results")),
        ),
        initial="0",
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose who sees who answered what.")},
    )
    shown = forms.ChoiceField(
        label=_("When are the results shown?"),
        choices=Shown,
        initial=Shown.ANSWERED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose when the results are shown.")},
    )
    networks = forms.TypedMultipleChoiceField(
        label=_("Whom does it ask?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: everyone who reads this topic."),
        error_messages={
            "invalid_choice": _("One of these networks takes no part in this topic, or no longer.")
        },
    )

    def __init__(self, *args: Any, kind: str, networks: Sequence[Network], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        closes = timezone.localdate(timezone=dates.BANGKOK) + LASTS
        self.fields["closes_day"].initial = dates.typed(closes)
        if kind != PollKind.SEVERAL:
            del self.fields["least"], self.fields["most"]
        if kind == PollKind.DATE:
            options = self.fields["options"]
            options.label = _("Days, one a line, with a time if you like")
            options.help_text = _("Like 5/12/2026 or 5/12/2026 18:30. Two to twenty.")
            options.error_messages["required"] = _("Please write the days, one a line.")
        if not networks:
            del self.fields["networks"]
            return
        field = field_of(self, "networks", forms.TypedMultipleChoiceField)
        field.choices = [(each.pk, each.name) for each in networks]

    def clean_question(self) -> str:
        nothing = gettext("Please write what you ask.")
        question = self.cleaned_data["question"]
        return says(lambda line: fitting_line(line, QUESTION_LENGTH, nothing=nothing), question)

    def clean_about(self) -> str:
        return says(fitting, clean_text(self.cleaned_data["about"]).strip(), ABOUT_LENGTH)

    def clean_options(self) -> str:
        says(typed.cleaned, self.kind, self.cleaned_data["options"])
        return str(self.cleaned_data["options"])

    def clean_names_shown(self) -> bool:
        return bool(self.cleaned_data["names_shown"] == "1")

    def clean_closes_day(self) -> Any:
        try:
            today = timezone.localdate(timezone=dates.BANGKOK)
            return read_date(self.cleaned_data["closes_day"], today=today)
        except NotADate as error:
            raise ValidationError(str(error.message)) from error

    def clean_closes_time(self) -> Any:
        try:
            return read_time(self.cleaned_data["closes_time"])
        except NotATime as error:
            raise ValidationError(str(error.message)) from error

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if data and {"closes_day", "closes_time"} <= data.keys():
            data["closes_at"] = datetime.combine(
                data["closes_day"], data["closes_time"], dates.BANGKOK
            )
        return data

    @property
    def asks(self) -> dict[str, Any]:
        """What the action wants to know."""
        wanted = ("question", "about", "options", "closes_at", "shown", "names_shown")
        more = ("least", "most", "networks")
        data = self.cleaned_data
        known = {name: data[name] for name in wanted}
        return known | {name: data[name] for name in more if name in data} | self.spoken


class BallotLine(NamedTuple):
    """One option of a ranking, or one day: its words, and the field that asks."""

    label: str
    field: forms.BoundField


class BallotForm(forms.Form):
    """An answer to one poll: radios, boxes, a rank an option, or three answers a day."""

    def __init__(
        self, *args: Any, poll: Poll, marks: Sequence[int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"poll{poll.pk}_%s"  # several may stand on one page
        self.poll, self.labels = poll, typed.labels(poll)
        if poll.kind in (PollKind.ONE, PollKind.SEVERAL):
            self._ask_choice([at for at, mark in enumerate(marks or ()) if mark])
        else:
            self._ask_each(marks)

    def _ask_choice(self, chosen: Sequence[int]) -> None:
        choices = [(str(at), label) for at, label in enumerate(self.labels)]
        said: dict[str, Any] = {"choices": choices, "required": False, "label": self.poll.question}
        said["error_messages"] = {
            "invalid_choice": _("This is no answer to this poll. Please choose again.")
        }
        if self.poll.kind == PollKind.ONE:
            initial = str(chosen[0]) if chosen else None
            self.fields["choice"] = forms.ChoiceField(
                widget=forms.RadioSelect, initial=initial, **said
            )
        else:
            self.fields["choice"] = forms.MultipleChoiceField(
                widget=forms.CheckboxSelectMultiple, initial=[str(at) for at in chosen], **said
            )

    def _ask_each(self, marks: Sequence[int] | None) -> None:
        if self.poll.kind == PollKind.RANKED:
            ranks = [(str(rank), str(rank)) for rank in range(1, len(self.labels) + 1)]
            choices: list[tuple[str, Any]] = [("0", "–"), *ranks]
            widget: type[forms.Widget] = forms.Select
        else:
            choices = [
                (str(YES), _("I can")),
                (str(IF_NEED_BE), _("If need be")),
                (str(NO), _("I cannot")),
            ]
            widget = forms.RadioSelect
        for at, label in enumerate(self.labels):
            self.fields[f"m{at}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                label=label,
                widget=widget,
                initial=str(marks[at]) if marks else None,
                error_messages={
                    "invalid_choice": _("This is no answer to this poll. Please choose again.")
                },
            )

    @property
    def lines(self) -> Iterator[BallotLine]:
        """Of a ranking or of days, option by option."""
        for at, label in enumerate(self.labels):
            yield BallotLine(label, self[f"m{at}"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.poll.kind == PollKind.DATE and not self.errors:
            sent = self.data if self.is_bound else {}
            if not any(f"m{at}" in sent for at in range(len(self.labels))):
                raise ValidationError(gettext("Say of one day at least whether you can."))
        return data

    @property
    def marks(self) -> list[int]:
        """What the action wants to know."""
        data = self.cleaned_data
        if "choice" in self.fields:
            said = data.get("choice") or []
            chosen = {said} if isinstance(said, str) else set(said)
            return [int(str(at) in chosen) for at in range(len(self.labels))]
        return [int(data[f"m{at}"] or NO) for at in range(len(self.labels))]


class PollCard(NamedTuple):
    """A poll in its topic, with its form where one may answer there and has not."""

    row: PollRow
    form: BallotForm | None


SHORT = 8  # options that are asked in the topic itself


def cards_of(rows: Iterable[PollRow]) -> list[PollCard]:
    """Choices can be made in the topic itself; a ranking and days are asked on the poll's own page."""
    return [PollCard(row, _form_of(row)) for row in rows]


def _form_of(row: PollRow) -> BallotForm | None:
    is_choice = row.poll.kind in (PollKind.ONE, PollKind.SEVERAL)
    if row.may_answer and not row.answered and is_choice and len(row.poll.options) <= SHORT:
        return BallotForm(poll=row.poll)
    return None
