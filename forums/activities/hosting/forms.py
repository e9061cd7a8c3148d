"""What those who hold an activity type about it.

Days are typed, not picked: `<input type=date>` speaks in years of the Gregorian calendar on most phones, and
a Thai year put into it is 543 years off without a word. Text is read by `forums.text.reading_dates`, which
says what it cannot understand.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.provinces import choices_after
from forums.activities.hosting.actions import Details
from forums.activities.models import (
    LESSON_LENGTH,
    PLACE_LENGTH,
    REASON_LENGTH,
    TITLE_LENGTH,
    ZONES,
    Activity,
    Open,
)
from forums.activities.texts import topics_for
from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Hidden, Text, says, seeking
from forums.base.limits import fitting_title
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.text.dates import BANGKOK, typed
from forums.text.reading_dates import NotADate, NotATime, ends_the_day, read_date, read_time
from forums.text.render import MAX_SOURCE
from forums.text.thai import name_key

_TOPIC = re.compile(r"(?:.*/t/)?#?(\d{1,18})(?:/.*)?")
_AT = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_NETWORK = re.compile(r".*/n/([^/?#]+).*")
MOST_LINES = 20


class ActivityForm(AsksFirst):
    """`member` writes of what `network` holds."""

    everyone_reads = ("title", "place", "body")

    title = Text(
        label=_("What is it called?"),
        limit=TITLE_LENGTH,
        error_messages={"required": _("Please give it a title.")},
    )
    day = Text(
        label=_("Day"),
        max_length=100,
        help_text=_("Day, month, year: 5/12/2026 or 5 Dec 2026."),
        error_messages={"required": _("Please write a date, like 5/12/2026.")},
    )
    starts = Text(
        label=_("Starts at"),
        max_length=30,
        help_text=_("By the 24-hour clock, like 8:30 or 18:00."),
        error_messages={"required": _("Please say when it starts.")},
    )
    ends = Text(
        label=_("Ends at"),
        max_length=30,
        error_messages={"required": _("Please say when it ends.")},
    )
    end_day = Text(
        label=_("Last day"),
        max_length=100,
        required=False,
        help_text=_("Only when it lasts for several days."),
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES, initial="Asia/Bangkok")
    place = Text(label=_("Where"), limit=PLACE_LENGTH, required=False)
    province = forms.ChoiceField(
        label=_("Province"), choices=choices_after(_("No province")), required=False
    )
    link = forms.URLField(
        label=_("Link to meet at"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_(
            "For a meeting online. It is shown only to those who answer that they come or may come, "
            "and to those who hold it."
        ),
        error_messages={"invalid": _("This is no address of a page. Please copy the whole link.")},
    )
    body = Text(
        label=_("Text"),
        limit=MAX_SOURCE,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    open_to = forms.ChoiceField(
        label=_("Who may come?"),
        choices=Open,
        initial=Open.EVERYONE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose who may come.")},
    )
    capacity = Text(
        label=_("How many places are there?"),
        max_length=20,
        required=False,
        help_text=_(
            "Leave it empty for as many as come. Who answers later goes on a waiting list."
        ),
    )
    hosts = Text(
        label=_("Networks that hold it with you"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 2} | seeking("/suggest/networks/", by="line")),
        help_text=_(
            "One a line: the name, or the address of its page. They count once a coordinator of theirs agrees."
        ),
    )
    topics = Text(
        label=_("Topics it grew out of"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(
            attrs={"rows": 2} | seeking("/suggest/topics/", by="line", along="open_to")
        ),
        help_text=_("One a line: the address of the topic, or its number."),
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=Hidden)

    def __init__(self, *args: Any, member: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        others = f"/suggest/networks/?but={quote(network.slug)}"
        self.fields["hosts"].widget.attrs["data-seek"] = others

    def clean_title(self) -> str:
        return says(fitting_title, self.cleaned_data["title"], TITLE_LENGTH)

    def clean_day(self) -> Any:
        return self._read("day", self._date)

    def clean_end_day(self) -> Any:
        return self._read("end_day", self._date) if self.cleaned_data["end_day"].strip() else None

    def clean_starts(self) -> Any:
        return self._read("starts", read_time)

    def clean_ends(self) -> Any:
        """When it ends; the midnight after the last day is 0.00, as the clock has it."""
        if ends_the_day(self.cleaned_data["ends"]):
            return time(0)
        return self._read("ends", read_time)

    def _date(self, text: str) -> Any:
        return read_date(text, today=timezone.localdate(timezone=BANGKOK))

    def _read(self, name: str, reader: Callable[[str], Any]) -> Any:
        try:
            return reader(self.cleaned_data[name])
        except (NotADate, NotATime) as error:
            raise ValidationError(str(error.message)) from error

    def clean_capacity(self) -> int | None:
        return read_number(self.cleaned_data["capacity"])

    def clean_hosts(self) -> list[Network]:
        found: dict[int, Network] = {}
        for line in _lines(self.cleaned_data["hosts"]):
            listed = Network.objects.listed()
            if match := _NETWORK.fullmatch(line):
                network = listed.filter(slug=unquote(match[1])).first()
            else:
                network = listed.filter(name_key=name_key(line)).first()
            if network is None:
                raise ValidationError(
                    gettext("There is no network “%(name)s”. Please write its whole name.")
                    % {"name": line[:80]}
                )
            found[network.pk] = network
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "topics" in data and "open_to" in data:
            try:
                data["topics"] = self._topics(data["topics"], data["open_to"])
            except ValidationError as error:
                self.add_error("topics", error)
        if not self.errors:
            data["starts_at"] = self._moment("starts", data["day"], data["starts"])
            data["ends_at"] = self._moment("ends", self._last_day(data), data["ends"])
            if not self.errors and data["ends_at"] <= data["starts_at"]:
                self.add_error("ends", gettext("It must end after it starts."))
            if not (data["place"].strip() or data["link"]):
                self.add_error(
                    "place", gettext("Please say where: a place, a link to meet at, or both.")
                )
        return data

    def _last_day(self, data: dict[str, Any]) -> date:
        """The day `ends` is a time of. Midnight is of the next one: always when it was written as 24.00, and
        as 0.00 where no last day is given, for nothing ends before it begins.
        """
        midnight = ends_the_day(self.data.get("ends", "")) or (
            data["ends"] == time(0) and not data["end_day"]
        )
        last: date = data["end_day"] or data["day"]
        return last + timedelta(days=1) if midnight else last

    def _topics(self, text: str, open_to: str) -> list[Topic]:
        numbers = []
        for line in _lines(text):
            match = _TOPIC.fullmatch(unquote(line))
            if match is None:
                raise ValidationError(
                    gettext("“%(line)s” is no address of a topic.") % {"line": line[:80]}
                )
            numbers.append(int(match[1]))
        hers = topics_for(self.member, Open.MEMBERS).in_bulk(numbers)
        if missing := [pk for pk in numbers if pk not in hers]:
            raise ValidationError(gettext("There is no topic %(number)d.") % {"number": missing[0]})
        allowed = set(
            topics_for(self.member, open_to).filter(pk__in=numbers).values_list("pk", flat=True)
        )
        if closed := [hers[pk] for pk in numbers if pk not in allowed]:
            raise ValidationError(
                gettext(
                    "Not everyone may read “%(title)s”, so an activity for everyone cannot be linked to it."
                )
                % {"title": closed[0].title}
            )
        return [hers[pk] for pk in dict.fromkeys(numbers)]

    def _moment(self, name: str, day: date, clock: time) -> datetime:
        """The moment in UTC; an hour that is skipped that night is refused."""
        zone = ZoneInfo(self.cleaned_data["zone"])
        local = datetime.combine(day, clock, tzinfo=zone)
        moment = local.astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.add_error(name, gettext("The clocks skip this hour there on that day."))
        return moment

    def details(self) -> Details:
        """What was typed, for the actions."""
        data = self.cleaned_data
        names = [field.name for field in fields(Details)]
        return Details(**{name: data[name] for name in names})


def begins(asked: Mapping[str, str]) -> dict[str, str]:
    """What the form of a new one shows of a day (2026-12-05) and a time (18:30) that were found elsewhere; nothing of
    what is none."""
    try:
        day = date.fromisoformat(asked.get("day", ""))
    except ValueError:
        return {}
    said = {"day": typed(day)}
    if at := _AT.fullmatch(asked.get("at", "")):
        said["starts"] = f"{int(at[1])}.{at[2]}"
    return said


def filled_in(activity: Activity, hosts: list[str], topics: list[str]) -> dict[str, Any]:
    """What the form shows of an activity that is to be changed."""
    zone = ZoneInfo(activity.zone)
    starts, ends = activity.starts_at.astimezone(zone), activity.ends_at.astimezone(zone)
    midnight = ends.time() == time(0)
    last = ends.date() - timedelta(days=midnight)
    names = ("title", "body", "zone", "place", "province", "link", "open_to")
    return {name: getattr(activity, name) for name in names} | {
        "day": typed(starts.date()),
        "starts": f"{starts.hour}.{starts.minute:02}",
        "ends": "24.00" if midnight else f"{ends.hour}.{ends.minute:02}",
        "end_day": "" if last == starts.date() else typed(last),
        "capacity": "" if activity.capacity is None else str(activity.capacity),
        "hosts": "\n".join(hosts),
        "topics": "\n".join(topics),
        "seen": activity.sequence,
    }


class CancelForm(forms.Form):
    reason = Text(
        label=_("Why does it not take place?"),
        limit=REASON_LENGTH,
        help_text=_("One or two sentences. Those who answered get them by e-mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say why: those who wanted to come are told.")},
    )


class ReportForm(AsksFirst):
    everyone_reads = ("body", "lesson")

    body = Text(
        label=_("What did you do?"),
        limit=MAX_SOURCE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write in a few lines what you did.")},
    )
    came = Text(label=_("How many came?"), max_length=20, required=False)
    lesson = Text(
        label=_("What did you learn?"),
        limit=LESSON_LENGTH,
        required=False,
        help_text=_("One thing the next ones should know, in a few sentences."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_came(self) -> int | None:
        return read_number(self.cleaned_data["came"])


def read_number(text: str) -> int | None:
    """A whole number in any digits, None for nothing. Raises ValidationError."""
    text = text.strip().replace(",", "")
    if not text:
        return None
    if not (text.isdecimal() and len(text) < 8):
        raise ValidationError(gettext("Please write a whole number, or leave it empty."))
    return int(text)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]
