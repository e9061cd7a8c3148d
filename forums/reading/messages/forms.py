"""What is typed into private messages."""

import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from forums.base.form_fields import Hidden, Text, says
from forums.reading.messages.actions import clean_message
from forums.reading.messages.models import LENGTH, MOST, Takes
from forums.text.handles import handle_key

_BETWEEN = re.compile(r"[\s,;]+")


class MessageForm(forms.Form):
    """A message, with the name of this filling-in of the form: sent twice, it is written once."""

    body = Text(
        label=gettext_lazy("Private message"),
        limit=LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Please write something first.")},
    )
    submission = forms.UUIDField(required=False, widget=Hidden)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_body(self) -> str:
        return says(clean_message, self.cleaned_data["body"])


class NewMessageForm(MessageForm):
    """To whom, by their handles; and what."""

    to = Text(
        label=gettext_lazy("To"),
        max_length=1_000,
        widget=forms.TextInput(
            attrs={"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=gettext_lazy(
            "Handles, as they stand after the @ on a member's page; up to seven, a space between them. "
            "All of them read each other's messages here."
        ),
        error_messages={"required": gettext_lazy("Please say to whom.")},
    )
    field_order = ("to", "body")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_to(self) -> list[Member]:
        """The members named, each once; or which names are none."""
        typed = [each.lstrip("@") for each in _BETWEEN.split(self.cleaned_data["to"].strip())]
        keys = {key: each for each in typed if (key := handle_key(each[:100]))}
        if len(keys) >= MOST:
            raise ValidationError(
                _("Up to %(most)d people, please; these are %(count)d.")
                % {"most": MOST - 1, "count": len(keys)}
            )
        found = list(Member.objects.shown().filter(handle_key__in=keys))
        known = {each.handle_key for each in found}
        if wrong := [each for key, each in keys.items() if key not in known]:
            names = ", ".join(each[:60] for each in wrong)
            raise ValidationError(_("Nobody here has the handle: %(names)s") % {"names": names})
        others = [each for each in found if each.pk != self.member.pk]
        if not others:
            raise ValidationError(_("Write the handle of somebody else."))
        return others


class TakesForm(forms.Form):
    """From whom she takes messages."""

    takes = forms.ChoiceField(
        label=gettext_lazy("I take private messages"),
        choices=Takes.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
