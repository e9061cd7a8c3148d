"""What is typed about a network's contacts, structure and links, and to the site's moderators."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.base.constant_sql import select
from forums.base.form_fields import Text, says
from forums.base.limits import short
from forums.groups.networks.models import Audience, Contact, LinkKind, Network, Office, PleaKind
from forums.text import dates
from forums.text.reading_dates import BUDDHIST, NotADate, read_date
from forums.text.thai import clean_line, name_key, tsquery_any, words


class ContactForm(forms.Form):
    label = Text(
        label=_("What it is"),
        max_length=1000,
        help_text=_("Telephone, LINE, e-mail, Facebook page …"),
        error_messages={"required": _("Please write what it is.")},
    )
    value = Text(
        label=_("Number, address or link"),
        max_length=10_000,
        error_messages={"required": _("Please write the number, address or link.")},
    )
    audience = forms.ChoiceField(
        label=_("Shown to"),
        choices=Audience.choices,
        initial=Audience.NETWORK,
        help_text=_("What everyone may see, search engines and swindlers see too."),
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_label(self) -> str:
        return says(short, clean_line(self.cleaned_data["label"]), 40)

    def clean_value(self) -> str:
        return says(short, clean_line(self.cleaned_data["value"]), 200)

    @staticmethod
    def values_of(contact: Contact) -> dict[str, Any]:
        return {"label": contact.label, "value": contact.value, "audience": contact.audience}


class OfficeForm(forms.Form):
    title = Text(
        label=_("Duty"),
        max_length=1000,
        help_text=_("Coordinator, treasurer, savings team …"),
        error_messages={"required": _("Please write the duty.")},
    )
    holder = Text(
        label=_("Who"),
        max_length=10_000,
        help_text=_("A name, or several: everyone can read it."),
        error_messages={"required": _("Please write who holds it.")},
    )
    handle = Text(
        label=_("Her handle here"),
        required=False,
        max_length=200,
        help_text=_("A member of the network: the name then leads to her page."),
    )
    since = Text(label=_("From"), required=False, max_length=200)
    until = Text(label=_("Until"), required=False, max_length=200)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["since"].help_text = _("Like 5/12/%(year)d.") % {"year": today.year + BUDDHIST}

    def clean_title(self) -> str:
        return says(short, clean_line(self.cleaned_data["title"]), 80)

    def clean_holder(self) -> str:
        return says(short, clean_line(self.cleaned_data["holder"]), 120)

    def clean_since(self) -> Any:
        return self._day("since")

    def clean_until(self) -> Any:
        return self._day("until")

    def _day(self, field: str) -> Any:
        typed = self.cleaned_data[field]
        if not typed:
            return None
        try:
            return read_date(typed, today=timezone.localdate())
        except NotADate as error:
            raise ValidationError(str(error.message)) from error

    @staticmethod
    def values_of(office: Office) -> dict[str, Any]:
        return {
            "title": office.title,
            "holder": office.holder,
            "handle": office.member.handle if office.member else "",
            "since": dates.typed(office.since) if office.since else "",
            "until": dates.typed(office.until) if office.until else "",
        }


class LinkForm(forms.Form):
    """Which network, and how. `found` are those that may be meant, to choose from."""

    kind = forms.ChoiceField(
        label=_("How are the two linked?"),
        choices=[
            (LinkKind.LINKED, _("We work with it")),
            (LinkKind.PARENT, _("We are part of it")),
        ],
        widget=forms.RadioSelect,
        initial=LinkKind.LINKED,
    )
    other = Text(
        label=_("Name of the other network"),
        max_length=300,
        help_text=_("Or some words of it, or the address of its page."),
        error_messages={"required": _("Please write the name of the other network.")},
    )
    choice = forms.CharField(required=False, max_length=80)

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network
        self.found: list[dict[str, str]] = []

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        typed = values.get("other")
        if not typed:
            return values
        slug = values.get("choice") or typed.rstrip("/").rpartition("/n/")[2]
        listed = Network.objects.listed()
        named = listed.filter(slug=slug).first() or listed.filter(name_key=name_key(typed)).first()
        if named is None:
            self.found = of_words(typed, but=self.network)
            self.add_error(
                "other",
                _("Which of these do you mean?")
                if self.found
                else _(
                    "We found no network of this name. Please look whether it is registered here."
                ),
            )
        values["network"] = named
        return values


_OF_WORDS = """
    SELECT slug, name, aim FROM forums_network
    WHERE hidden_at IS NULL AND archived_at IS NULL AND id <> %s AND search_words @@ %s::tsquery
    ORDER BY ts_rank(search_words, %s::tsquery, 1) DESC, id LIMIT 8
"""


def of_words(typed: str, *, but: Network) -> list[dict[str, str]]:
    """Up to eight open networks that hold some of the words typed, best first."""
    query = tsquery_any(words(typed)[:12])
    if not query:
        return []
    return [
        {"slug": slug, "name": name, "aim": aim}
        for slug, name, aim in select(_OF_WORDS, but.pk, query, query)
    ]


class PleaForm(forms.Form):
    """What one asks the moderators for."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"), choices=PleaKind.choices, widget=forms.RadioSelect
    )
    why = Text(
        label=_("Why?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please say why.")},
    )

    def __init__(self, *args: Any, kinds: Iterable[PleaKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names: dict[str, str | Promise] = {
            PleaKind.VERIFY: _("To verify that the network is what it says"),
            PleaKind.TAKE_OVER: _("To take the network over, because nobody looks after it"),
        }
        choices = [(kind, names[kind]) for kind in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["kind"].initial = choices[0][0]

    def clean_why(self) -> str:
        return says(short, self.cleaned_data["why"].strip(), 1000)
