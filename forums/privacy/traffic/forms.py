"""What a look asks, and who is given the right."""

from ipaddress import ip_network
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.base.form_fields import Text
from forums.moderation.lookups import number_in
from forums.privacy.traffic.models import WHY_LENGTH
from forums.text.handles import handle_key
from forums.text.thai import norm

_AS_DEVICES_WRITE_IT = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        input_formats=_AS_DEVICES_WRITE_IT,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Please write day and time as 2026-12-31 23:59.")},
    )


class LookForm(forms.Form):
    """`cleaned_data` holds the arguments of the action."""

    since = _moment(_("From"))
    until = _moment(_("Until"))
    account = Text(
        label=_("Whose account"),
        help_text=_("The number, or the name in the address (@…). Empty: everybody's."),
        required=False,
        max_length=60,
    )
    net = Text(
        label=_("From which address"),
        help_text=_("An address of the net, or a whole net such as 203.0.113.0/24. Empty: all."),
        required=False,
        max_length=49,
    )
    why = Text(
        label=_("Why you look"),
        help_text=_(
            "Who asks, by which order or law, with its number. It is recorded with your name and read by the "
            "administrators."
        ),
        max_length=WHY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_account(self) -> int | None:
        typed = self.cleaned_data["account"].strip()
        if not typed:
            return None
        if (number := number_in(typed)) is not None:
            return number  # of somebody who is no more, too
        key = handle_key(typed.removeprefix("@"))
        member = Member.objects.filter(handle_key=key).first()
        if member is None:
            raise forms.ValidationError(
                _("Nobody has this name. Of who left, look for the number.")
            )
        return member.pk

    def clean_net(self) -> str:
        typed = norm(self.cleaned_data["net"]).strip()
        try:
            return str(ip_network(typed, strict=False)) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(_("This is no address of the net.")) from error


class ReaderForm(forms.Form):
    """Whom an administrator gives the right."""

    handle = Text(
        label=_("Who is to read the traffic log"),
        help_text=_("The name in her address (@…). She must work in the admin."),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def clean_handle(self) -> Member:
        key = handle_key(self.cleaned_data["handle"].strip().removeprefix("@"))
        member = Member.objects.filter(handle_key=key).first()
        if member is None:
            raise forms.ValidationError(_("Nobody has this name."))
        return member
