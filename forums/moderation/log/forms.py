"""What one may ask of the log."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import seeking
from forums.moderation.log.filters import LogFilters, months
from forums.moderation.models import Act
from forums.moderation.rules.models import HouseRule
from forums.text import dates


class LogForm(forms.Form):
    """Filled with what was asked; it is never refused: what is no choice is not asked."""

    act = forms.ChoiceField(label=_("What"), required=False)
    rule = forms.ChoiceField(label=_("Which rule"), required=False)
    month = forms.ChoiceField(label=_("Which month"), required=False)
    network = forms.CharField(
        label=_("Which network"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=seeking("/suggest/networks/")),
    )

    def __init__(self, filters: LogFilters, now: datetime) -> None:
        network = filters.network.name if filters.network else filters.unknown
        asked: dict[str, Any] = {
            "act": filters.act,
            "rule": str(filters.rule or ""),
            "month": "{}-{:02}".format(*filters.month) if filters.month else "",
            "network": network,
        }
        super().__init__(initial=asked)
        every = ("", _("all"))
        acts = [choice for choice in Act.choices if choice[0] != Act.ANSWER]
        rules = [(str(rule.number), str(rule)) for rule in HouseRule.objects.order_by("number")]
        named = [(f"{year}-{month:02}", dates.month(year, month)) for year, month in months(now)]
        for name, choices in (("act", acts), ("rule", rules), ("month", named)):
            field = self.fields[name]
            field.widget.choices = field.choices = [every, *choices]  # type: ignore[attr-defined]
