"""The forms that take a file in, and ask which of its columns is which."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forums.ledger.columns import COLUMNS, Places, names_for, what_is_missing
from forums.ledger.csv_files import Table


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        allow_empty_file=True,  # read_sheet says it better
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        help_text=_("Up to 5 MB and 10,000 lines."),
        error_messages={"required": _("Please choose a file first.")},
    )


class ColumnsForm(forms.Form):
    """Which column of a file holds what: a choice of its headers for each of COLUMNS."""

    def __init__(self, *args: Any, table: Table, places: Places, **kwargs: Any) -> None:
        """`places` are chosen beforehand: what the headers said already."""
        super().__init__(*args, **kwargs)
        first = table.rows[0][1]
        choices = [("", gettext("none"))]
        for at, name in enumerate(table.header):
            sample = first[at] if at < len(first) else ""
            label = name or gettext("Column %(number)d") % {"number": at + 1}
            choices.append((str(at), f"{label[:40]} ({sample[:30]})" if sample else label[:40]))
        for column, said in COLUMNS.items():
            self.fields[column] = forms.ChoiceField(
                label=str(said)[:1].upper() + str(said)[1:],
                choices=choices,
                required=False,
                initial=str(places.get(column, "")),
                help_text=_("Found by itself when the header is %(names)s.")
                % {"names": ", ".join(names_for(column))},
            )

    def clean(self) -> dict[str, Any]:
        """The choices make a table that can be read; from whom and what for may stand in one column."""
        data = super().clean() or self.cleaned_data
        if trouble := what_is_missing(self.places):
            raise ValidationError(trouble)
        chosen = [at for column, at in self.places.items() if column != "source"]
        if len(set(chosen)) < len(chosen):
            raise ValidationError(gettext("One column was chosen twice."))
        return data

    @property
    def places(self) -> Places:
        """Where each column stands that was chosen."""
        return {column: int(at) for column, at in self.cleaned_data.items() if at}
