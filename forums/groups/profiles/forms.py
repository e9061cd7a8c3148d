"""What is typed about a network."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.provinces import OF_REGION, PROVINCES, REGIONS, in_order
from forums.base.appearance import Colour, Emblem
from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Hidden, Text, field_of, says
from forums.groups.networks import texts
from forums.groups.networks.models import (
    AIM_LENGTH,
    NAME_LENGTH,
    QUESTION_LENGTH,
    STORY_LENGTH,
    Audience,
    Joining,
    Network,
    NetworkKind,
    Sector,
)
from forums.groups.organisations.models import Organisation
from forums.groups.profiles.versions import TYPED, tags_of, version_of
from forums.tags.models import MAX_TAGS
from forums.tags.tagging import split_tags
from forums.text import dates
from forums.text.reading_dates import BUDDHIST
from roypalang.pictures import ACCEPT, UNREADABLE

KIND_HINTS = {
    NetworkKind.PHYSICAL: _("People who meet: a home, duties, perhaps a budget"),
    NetworkKind.ONLINE: _("People who care about one thing, and meet on the web"),
    NetworkKind.BOTH: _("Some of each"),
}
MONTHS = [("", _("no month")), *((str(n), n) for n in range(1, 13))]


@dataclass(frozen=True, slots=True)
class RegionBoxes:
    """A region's provinces, each with its box to tick."""

    name: str
    boxes: list[BoundWidget]
    chosen: int  # how many are ticked


class Several(forms.MultipleChoiceField):
    """Boxes to tick; what no box of ours sends is refused."""

    widget = forms.CheckboxSelectMultiple


class NetworkForm(AsksFirst):
    """What registering and changing a network share. `needed` comes first, all else may come later."""

    everyone_reads = ("aim", "story")
    name = Text(
        label=_("Name of the network"),
        limit=NAME_LENGTH,
        help_text=_("As people call it. Each network has a name of its own."),
        error_messages={"required": _("Please give the network a name.")},
    )
    aim = Text(
        label=_("What it is for, in one sentence"),
        limit=AIM_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please say in one sentence what the network is for.")},
    )
    kind = forms.ChoiceField(
        label=_("What kind of network is it?"),
        choices=NetworkKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what kind of network it is.")},
    )
    sectors = Several(
        label=_("Who is in it? Several are fine."),
        choices=Sector.choices,
        error_messages={"required": _("Please choose one sector at least.")},
    )
    nationwide = forms.BooleanField(label=_("All over the country"), required=False)
    provinces = Several(label=_("Provinces"), choices=PROVINCES, required=False)
    joining = forms.ChoiceField(
        label=_("How does one join?"),
        choices=Joining.choices,
        widget=forms.RadioSelect,
        initial=Joining.REQUEST,
        error_messages={"required": _("Please choose how one joins.")},
    )
    question1 = Text(label=_("First question"), required=False, limit=QUESTION_LENGTH)
    question2 = Text(label=_("Second question"), required=False, limit=QUESTION_LENGTH)
    tags = Text(
        label=_("Tags"),
        required=False,
        max_length=600,
        help_text=_("Up to %(limit)d, with spaces between them.") % {"limit": MAX_TAGS},
    )
    since_year = Text(
        label=_("Since (year)"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    since_month = forms.TypedChoiceField(
        label=_("In which month"), required=False, choices=MONTHS, coerce=int, empty_value=None
    )
    colour = forms.ChoiceField(
        label=_("Colour"), choices=Colour.choices, widget=forms.RadioSelect, initial=Colour.KHRAM
    )
    emblem = forms.ChoiceField(
        label=_("Emblem"),
        choices=Emblem.choices,
        widget=forms.RadioSelect,
        initial=Emblem.HANDS,
        error_messages={
            "invalid_choice": _("There is no such emblem. Please choose one of these.")
        },
    )
    picture = forms.FileField(
        label=_("Your own picture instead"),
        required=False,
        help_text=_("Up to 12 MB. It is cut square, and what moves stands still."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"empty": UNREADABLE},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "since_month", forms.ChoiceField).choices = [
            (value, dates.month_name(int(value)) if value else name) for value, name in MONTHS
        ]
        this = timezone.localdate().year + BUDDHIST
        self.fields["since_year"].help_text = _(
            "Like %(year)d; a year like %(other)d is understood too."
        ) % {
            "year": this,
            "other": this - BUDDHIST,
        }

    def clean_name(self) -> str:
        return says(texts.clean_name, self.cleaned_data["name"])

    def clean_aim(self) -> str:
        return says(texts.clean_aim, self.cleaned_data["aim"])

    def clean_question1(self) -> str:
        return "".join(says(texts.clean_questions, [self.cleaned_data["question1"]]))

    def clean_question2(self) -> str:
        return "".join(says(texts.clean_questions, [self.cleaned_data["question2"]]))

    def clean_tags(self) -> list[str]:
        return says(split_tags, self.cleaned_data["tags"])

    def clean_since_year(self) -> int | None:
        year: int | None = says(texts.read_year, self.cleaned_data["since_year"])
        return year

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        somewhere = values.get("nationwide") or values.get("provinces")
        if not somewhere and "provinces" not in self.errors:
            self.add_error(
                "provinces", _("Please choose one province at least, or the whole country.")
            )
        if values.get("since_month") and "since_year" in values and not values["since_year"]:
            self.add_error("since_year", _("Please write the year, too."))
        return values

    def values(self) -> dict[str, Any]:
        """The clean values as the actions take them."""
        data = dict(self.cleaned_data)
        data["questions"] = [data.pop("question1"), data.pop("question2")]
        data["file"] = data.pop("picture")
        if data["nationwide"]:
            data["provinces"] = []
        return data

    @property
    def regions(self) -> list[RegionBoxes]:
        """The provinces by their region."""
        boxes = {box.data["value"]: box for box in self["provinces"]}
        found = []
        for region, name in REGIONS:
            its = [boxes[code] for code, _name in in_order(OF_REGION[region])]
            found.append(RegionBoxes(str(name), its, sum(box.data["selected"] for box in its)))
        return found

    @property
    def kinds(self) -> list[tuple[str, Any, Any]]:
        return [
            (value, label, KIND_HINTS[NetworkKind(value)]) for value, label in NetworkKind.choices
        ]

    @property
    def later_is_open(self) -> bool:
        """Do the fields one may fill in later hold anything, or anything wrong?"""
        fields = ("tags", "since_year", "since_month", "picture")
        return any(self[field].errors or self[field].value() for field in fields)


class EditNetworkForm(NetworkForm):
    """All of a network's page."""

    story = Text(
        label=_("Story"),
        required=False,
        limit=STORY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "How it began, what you do, what you have learned. **bold**, lists and links work as in topics."
        ),
    )
    home = forms.ModelChoiceField(
        label=_("Home organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("One of the organisations that are members of the network."),
    )
    members_shown_to = forms.ChoiceField(
        label=_("Who may see the list of members?"), choices=Audience.choices
    )
    remove_picture = forms.BooleanField(label=_("Take the picture away"), required=False)
    seen = forms.CharField(required=False, max_length=40, widget=Hidden)

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands(network.aim, network.story)
        home = field_of(self, "home", forms.ModelChoiceField)
        home.queryset = (
            Organisation.objects.shown()
            .filter(
                networks__network=network.pk,
                networks__by_network_at__isnull=False,
                networks__by_organisation_at__isnull=False,
            )
            .order_by("sort_key", "id")
        )

    @classmethod
    def of(cls, network: Network) -> "EditNetworkForm":
        """The form as the network's page stands."""
        tags = tags_of(network.pk)
        questions = [*network.questions, "", ""]
        same = {name: getattr(network, name) for name in TYPED if name in cls.base_fields}
        return cls(
            network=network,
            initial={
                **same,
                "home": network.home_id,
                "question1": questions[0],
                "question2": questions[1],
                "tags": " ".join(tags),
                "since_year": dates.month(network.since_year) if network.since_year else "",
                "since_month": network.since_month or "",
                "seen": version_of(network, tags),
            },
        )

    def values(self) -> dict[str, Any]:
        data = super().values()
        if data.pop("remove_picture"):
            data["picture"] = None
        return data

    def clean_story(self) -> str:
        return says(texts.clean_story, self.cleaned_data["story"])
