"""What a browser says of itself when it is to be pushed to, and when it is to be quiet."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forums.base.form_fields import Hidden, field_of
from forums.notifications.push.keys import decoded
from forums.notifications.push.lists import at_hour
from forums.notifications.push.models import (
    AUTH_SIZE,
    ENDPOINT_LENGTH,
    QUIET_FROM,
    QUIET_UNTIL,
    PushDevice,
)
from forums.notifications.push.posting import split_endpoint
from forums.notifications.push.sealing import point_of

STRANGE = _("This browser gave an address we cannot push to. Please try it in another browser.")


class SubscriptionForm(forms.Form):
    """Filled in by the script behind the button; nobody types any of it, so there is one thing to say of all."""

    endpoint = forms.CharField(max_length=ENDPOINT_LENGTH, widget=Hidden)
    p256dh = forms.CharField(max_length=100, widget=Hidden)
    auth = forms.CharField(max_length=40, widget=Hidden)

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        try:
            split_endpoint(endpoint)
        except ValueError as error:
            raise ValidationError(STRANGE) from error
        return endpoint

    def clean_p256dh(self) -> bytes:
        try:
            key = decoded(self.cleaned_data["p256dh"])
            point_of(key)
        except ValueError as error:
            raise ValidationError(STRANGE) from error
        return key

    def clean_auth(self) -> bytes:
        try:
            auth = decoded(self.cleaned_data["auth"])
        except ValueError as error:
            raise ValidationError(STRANGE) from error
        if len(auth) != AUTH_SIZE:
            raise ValidationError(STRANGE)
        return auth


class QuietForm(forms.Form):
    """Between which hours a device is left alone."""

    is_quiet = forms.BooleanField(label=_("Leave me alone at night"), required=False)
    start = forms.TypedChoiceField(label=pgettext_lazy("an hour", "From"), coerce=int)
    end = forms.TypedChoiceField(label=pgettext_lazy("an hour", "To"), coerce=int)

    def __init__(self, data: Any, *, device: PushDevice) -> None:
        is_quiet = device.quiet_from is not None
        hours = (device.quiet_from, device.quiet_until) if is_quiet else (QUIET_FROM, QUIET_UNTIL)
        initial = {"is_quiet": is_quiet, "start": hours[0], "end": hours[1]}
        super().__init__(data, initial=initial)
        for name in ("start", "end"):
            choices = [(hour, at_hour(hour)) for hour in range(24)]
            field_of(self, name, forms.TypedChoiceField).choices = choices

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("is_quiet") and "start" in data and data["start"] == data.get("end"):
            self.add_error("end", _("Please choose two different hours."))
        return data

    def hours(self) -> tuple[int | None, int | None]:
        """From when to when; None both: never quiet."""
        data = self.cleaned_data
        return (data["start"], data["end"]) if data["is_quiet"] else (None, None)
