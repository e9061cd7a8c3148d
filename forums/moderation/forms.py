"""What a decision asks of a moderator: why, and for some acts where to or how much."""

from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any
from urllib.parse import unquote

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, TrustLevel
from forums.base.form_fields import Text, field_of, says, seeking
from forums.discussions.boards.models import Board
from forums.groups.networks.models import AIM_LENGTH, NAME_LENGTH, Network, NetworkKind
from forums.groups.organisations.actions import clean_name
from forums.groups.organisations.models import NAME_LENGTH as ORGANISATION_NAME
from forums.groups.organisations.models import Organisation
from forums.moderation.grounds import Grounds, clean_reason
from forums.moderation.lookups import number_in
from forums.moderation.models import REASON_LENGTH, Decision
from forums.text.dates import BANGKOK
from forums.text.handles import handle_key
from forums.text.reading_dates import NotADate, NotATime, ends_the_day, read_date, read_time
from forums.text.thai import clean_line, name_key


class RuleChoice(forms.ModelChoiceField):
    """The rule of the house that a decision rests on; none where it is about something else."""

    def __init__(self, **kwargs: Any) -> None:
        rules = Decision._meta.get_field("rule").related_model
        super().__init__(
            label=kwargs.pop("label", _("Which rule")),
            queryset=rules._default_manager.filter(retired_at=None).order_by("number"),
            required=kwargs.pop("required", False),
            empty_label=_("no rule: something else"),
            **kwargs,
        )


class ActForm(forms.Form):
    """The reason every act asks, with the rule it rests on. `cleaned_data` holds the arguments of the action."""

    rule = RuleChoice(help_text=_("Whoever is decided about reads it, with a link to the rule."))
    reason = Text(
        label=_("Why"),
        help_text=_(
            "One sentence everyone can understand. It stands in the public log, "
            "so leave out names and private matters."
        ),
        required=False,  # clean_reason says what is missing, in its own words
        strip=False,
        limit=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300, "required": True}),
    )
    field_order = ["board", "level", "rule", "reason"]

    def __init__(self, *args: Any, moderator: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moderator = moderator

    def clean_reason(self) -> str:
        return says(clean_reason, self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rule = data.pop("rule", None)
        if "reason" in data:
            data["reason"] = Grounds(data["reason"], rule)
        return data


class AnswerForm(ActForm):
    """What is answered to who reported a private message."""

    def __init__(self, *args: Any, moderator: Member, **kwargs: Any) -> None:
        super().__init__(*args, moderator=moderator, **kwargs)
        del self.fields["rule"]  # an answer, no decision
        field = field_of(self, "reason", forms.CharField)
        field.label = _("Your answer")
        field.help_text = _(
            "Whoever reported it reads this, and nobody else. What you decide about the writer, decide on the "
            "writer's own page."
        )


class BoardChoice(forms.ModelChoiceField):
    def label_from_instance(self, board: Board) -> str:
        """Rooms stand under their board."""
        return f"— {board.name}" if board.parent_id else board.name


class MoveForm(ActForm):
    # The house's: a network's boards are thousands, and its own matter. The site's moderators see them all.
    board = BoardChoice(label=_("To which board"), queryset=Board.objects.of_the_house().as_tree())


class TrustForm(ActForm):
    level = forms.TypedChoiceField(label=_("Trust level"), choices=TrustLevel.choices, coerce=int)


class EmptyForm(ActForm):
    """For a profile: what goes, and that nothing brings it back."""

    gone = _(
        "The name shown, the picture, the province, the words about herself and the links go, and are kept "
        "nowhere. She gets a letter with your reason, and can write it anew."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = f"{self.gone} {self.fields['reason'].help_text}"


class CheckForm(ActForm):
    """For who lost the device of her second step: what a moderator must have done first."""

    spoken = forms.BooleanField(
        label=_("I have spoken with her, or with somebody I know who knows her."),
        help_text=_(
            "A letter from her address is not enough: whoever asks may read her mail. How you did it, say "
            "in general; her words and numbers stay out of the log."
        ),
    )
    field_order = ["spoken", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["rule"]  # it is about who she is

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.pop("spoken", None)  # said, and no argument of the act
        return data


def _wide(seek: str = "") -> forms.TextInput:
    """A line as wide as the admin's; what is typed there may be suggested from `seek`."""
    return forms.TextInput(attrs={"class": "vTextField"} | (seeking(seek) if seek else {}))


class HandleField(forms.CharField):
    """The name in a member's address, with or without @; its value is the member."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("The name after the @ in her address."))
        super().__init__(max_length=60, widget=_wide("/suggest/members/"), **kwargs)

    def clean(self, value: Any) -> Member:
        key = handle_key(str(super().clean(value)).strip().removeprefix("@"))
        found = Member.objects.shown().filter(handle_key=key, is_active=True)
        member = found.first() if key else None
        if member is None:
            raise forms.ValidationError(
                _(
                    "Nobody has this name, or the account is suspended. Copy the name from the member's page."
                )
            )
        return member


class HandOverForm(ActForm):
    member = HandleField(label=_("Who is to coordinate it"))
    field_order = ["member", "rule", "reason"]


class MergeForm(ActForm):
    into = forms.CharField(
        label=_("Into which network"),
        help_text=_(
            "Its name, its number, or the last part of its address. Members, boards, topics and all else go "
            "there, and members of both can read the boards of both."
        ),
        max_length=300,
        widget=_wide("/suggest/networks/"),
    )
    field_order = ["into", "rule", "reason"]

    def clean_into(self) -> Network:
        found = _meant(Network.objects.all(), self.cleaned_data["into"])
        if found is None:
            raise forms.ValidationError(_("There is no such network."))
        return found


def _meant[Row: (Network, Organisation)](rows: QuerySet[Row], typed: str) -> Row | None:
    """The one of this name, else of this number or address, or the last part of it.

    Raises ValidationError for a name that is another's number: anybody may call a network 12.
    """
    typed = unquote(clean_line(typed))
    if (key := name_key(typed)) and (bears := rows.filter(name_key=key).first()):
        number = number_in(typed)
        if number is not None and rows.filter(pk=number).exclude(pk=bears.pk).exists():
            raise forms.ValidationError(
                _(
                    "This is the name of one and the number of another. Paste the address of its page."
                )
            )
        return bears
    address, typed = "/" in typed, typed.rstrip("/").rsplit("/", 1)[-1]
    if address:
        return rows.filter(slug=typed).first()
    return rows.filter(Q(slug=typed) | Q(pk=number_in(typed))).order_by("pk").first()


class MergeOrganisationForm(ActForm):
    into = forms.CharField(
        label=_("Into which organisation"),
        help_text=_(
            "Its name, its number, or the last part of its address. Its networks and whoever represents it go "
            "there."
        ),
        max_length=300,
        widget=_wide("/suggest/organisations/"),
    )
    field_order = ["into", "rule", "reason"]

    def clean_into(self) -> Organisation:
        found = _meant(Organisation.objects.all(), self.cleaned_data["into"])
        if found is None:
            raise forms.ValidationError(_("There is no such organisation."))
        return found


class RenameForm(ActForm):
    name = Text(label=_("New name"), limit=ORGANISATION_NAME, widget=_wide())
    field_order = ["name", "rule", "reason"]

    def clean_name(self) -> str:
        return says(clean_name, self.cleaned_data["name"])


class RegisterNetworkForm(ActForm):
    name = Text(label=_("Name of the network"), limit=NAME_LENGTH, widget=_wide())
    aim = Text(
        label=_("What it is for, in one sentence"),
        limit=AIM_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=NetworkKind.choices)
    member = HandleField(label=_("Its first coordinator"))
    field_order = ["name", "aim", "kind", "member", "rule", "reason"]


class MomentForm(ActForm):
    """A decision that holds until, or begins at, a time: the argument of this name."""

    moment = "until"
    day = Text(
        label=_("Day"),
        max_length=100,
        help_text=_("Day, month, year: 5/12/2026 or 5 Dec 2026."),
        error_messages={"required": _("Please write a date, like 5/12/2026.")},
    )
    time = Text(
        label=_("Time"),
        max_length=30,
        required=False,
        help_text=_("By the 24-hour clock, like 8:30 or 18:00. Empty: at the end of that day."),
    )
    field_order = ["day", "time", "rule", "reason"]

    def clean_day(self) -> date:
        today = timezone.localdate(timezone=BANGKOK)
        try:
            return read_date(self.cleaned_data["day"], today=today)
        except NotADate as error:
            raise forms.ValidationError(str(error.message)) from error

    def clean_time(self) -> clock | None:
        typed = self.cleaned_data["time"]
        if not typed or ends_the_day(typed):
            return None
        try:
            return read_time(typed)
        except NotATime as error:
            raise forms.ValidationError(str(error.message)) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, at = data.pop("day", None), data.pop("time", None)
        if day is not None and "time" not in self.errors:
            moment = datetime.combine(day, at or clock(), BANGKOK)
            data[self.moment] = moment if at else moment + timedelta(days=1)
        return data
