"""What is typed about a network's contacts and duties."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Hidden, Text, says, seeking
from forums.base.limits import fitting_line
from forums.groups.contacts.models import (
    DUTY_LENGTH,
    HOLDER_LENGTH,
    LABEL_LENGTH,
    VALUE_LENGTH,
    Contact,
    Office,
)
from forums.groups.networks.models import Audience, Network
from forums.text import dates
from forums.text.reading_dates import BUDDHIST, NotADate, read_date


class EntryForm(forms.Form):
    """An entry of what `network` says of itself; `seen` is how it stood when the form was shown."""

    seen = forms.CharField(required=False, max_length=40, widget=Hidden)

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network


class ContactForm(EntryForm):
    label = Text(
        label=_("What it is"),
        limit=LABEL_LENGTH,
        help_text=_("Telephone, LINE, e-mail, Facebook page …"),
        error_messages={"required": _("Please write what it is.")},
    )
    value = Text(
        label=_("Number, address or link"),
        limit=VALUE_LENGTH,
        error_messages={"required": _("Please write the number, address or link.")},
    )
    audience = forms.ChoiceField(
        label=_("Shown to"),
        choices=Audience.choices,
        initial=Audience.NETWORK,
        help_text=_("What everyone may see, search engines and swindlers see too."),
    )

    def clean_label(self) -> str:
        return says(fitting_line, self.cleaned_data["label"], LABEL_LENGTH)

    def clean_value(self) -> str:
        return says(fitting_line, self.cleaned_data["value"], VALUE_LENGTH)

    @staticmethod
    def values_of(contact: Contact) -> dict[str, Any]:
        return {"label": contact.label, "value": contact.value, "audience": contact.audience}


class OfficeForm(EntryForm):
    title = Text(
        label=_("Duty"),
        limit=DUTY_LENGTH,
        help_text=_("Coordinator, treasurer, savings team …"),
        error_messages={"required": _("Please write the duty.")},
    )
    holder = Text(
        label=_("Who"),
        limit=HOLDER_LENGTH,
        help_text=_(
            "A name, or several: everyone can read it. Of others, only with their consent."
        ),
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hers = f"/suggest/members/?network={quote(self.network.slug)}"
        self.fields["handle"].widget.attrs.update(seeking(hers))
        today = timezone.localdate()
        self.fields["since"].help_text = _("Like 5/12/%(year)d.") % {"year": today.year + BUDDHIST}

    def clean_title(self) -> str:
        return says(fitting_line, self.cleaned_data["title"], DUTY_LENGTH)

    def clean_holder(self) -> str:
        return says(fitting_line, self.cleaned_data["holder"], HOLDER_LENGTH)

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
