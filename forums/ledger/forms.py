"""What is typed into the ledger."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Hidden, Text, says
from forums.ledger import parsing
from forums.ledger.models import LINK_LENGTH, PURPOSE_LENGTH, REASON_LENGTH, SOURCE_LENGTH, Flow
from forums.text.reading_amounts import LONGEST as LONGEST_AMOUNT
from forums.text.reading_dates import LONGEST

PICTURES = "image/jpeg,image/png,image/webp,image/gif"


class LineForm(forms.Form):
    flow = forms.ChoiceField(
        label=_("Income or expense?"),
        choices=Flow.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say whether this is income or an expense.")},
    )
    date = Text(
        label=_("Date"),
        limit=LONGEST,
        help_text=_("Like 5/12/2026 or 5 Dec 2026."),
        error_messages={"required": _("Please write a date, like 5/12/2026.")},
    )
    amount = Text(
        label=_("Amount (baht)"),
        limit=LONGEST_AMOUNT,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Like 1,234.50. Thai digits are fine."),
        error_messages={"required": _("Please write an amount, like 1,234.50.")},
    )
    source = Text(
        label=_("From whom, or to whom"),
        limit=SOURCE_LENGTH,
        widget=forms.TextInput(attrs={"maxlength": SOURCE_LENGTH}),
        help_text=_("A person by name only if that person agrees; else say: 3 donors."),
        error_messages={"required": _("Please say from whom the money came, or to whom it went.")},
    )
    purpose = Text(
        label=_("What for"),
        limit=PURPOSE_LENGTH,
        widget=forms.TextInput(attrs={"maxlength": PURPOSE_LENGTH}),
        error_messages={"required": _("Please say what the money was for.")},
    )
    document = forms.FileField(
        label=_("Picture of the receipt or document"),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        help_text=_(
            "Everyone who reads the ledger sees it. Cover what is personal first: "
            "ID numbers, account numbers, signatures."
        ),
    )
    document_link = Text(
        label=_("Or a link to the document"),
        required=False,
        limit=LINK_LENGTH,
        widget=forms.URLInput(attrs={"maxlength": LINK_LENGTH}),
    )
    submission = forms.UUIDField(required=False, widget=Hidden)
    again = forms.BooleanField(required=False, widget=Hidden)  # the same line is meant

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for name in ("date", "amount"):
            self.fields[name].widget.attrs.update({"maxlength": 60, "autocomplete": "off"})

    def clean_date(self) -> datetime.date:
        return says(parsing.clean_date, self.cleaned_data["date"])

    def clean_amount(self) -> Decimal:
        return says(parsing.clean_amount, self.cleaned_data["amount"])

    def clean_source(self) -> str:
        return says(parsing.clean_source, self.cleaned_data["source"])

    def clean_purpose(self) -> str:
        return says(parsing.clean_purpose, self.cleaned_data["purpose"])

    def clean_document_link(self) -> str:
        return says(parsing.clean_link, self.cleaned_data["document_link"])

    @property
    def entry(self) -> dict[str, Any]:
        """What the actions take."""
        names = ("flow", "date", "source", "purpose", "amount", "document_link")
        return {name: self.cleaned_data[name] for name in names}


class ReasonForm(forms.Form):
    reason = Text(
        label=_("Why?"),
        max_length=REASON_LENGTH,
        help_text=_("Stands in the history, for everyone to read."),
        error_messages={"required": _("Please say why, so that everyone can follow the books.")},
    )


class EditLineForm(LineForm):
    remove_document = forms.BooleanField(label=_("Take the picture away"), required=False)
    reason = Text(
        label=_("What did you change, and why?"),
        max_length=REASON_LENGTH,
        help_text=_("Stands in the history, for everyone to read."),
        error_messages={"required": _("Please say why, so that everyone can follow the books.")},
    )
    revision = forms.IntegerField(required=False, min_value=0, max_value=32000, widget=Hidden)
