"""A line of the list, as the admin takes it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forums.moderation.crawlers.models import MOST_SECONDS, Crawler, Treatment


class CrawlerForm(forms.ModelForm):
    class Meta:
        model = Crawler
        fields = ["sign", "treatment", "seconds", "note"]
        help_texts = {
            "sign": _(
                "A part of what it calls itself, such as ExampleBot; capitals make no difference. robots.txt names "
                "it so. Who passes for a browser is not found by this: pages an address may read have a limit."
            ),
            "seconds": _("For one that is slowed. Each process of the site counts by itself."),
        }

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        seconds = data.get("seconds") or 0
        if data.get("treatment") == Treatment.SLOWED and not 1 <= seconds <= MOST_SECONDS:
            most = {"most": MOST_SECONDS}
            self.add_error(
                "seconds",
                ValidationError(_("Please say how many seconds, from 1 to %(most)d.") % most),
            )
        elif data.get("treatment") != Treatment.SLOWED:
            data["seconds"] = 0
        return data
