"""A member's devices as her settings show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.devices import describe
from forums.notifications.push import keys
from forums.notifications.push.models import PushDevice

if TYPE_CHECKING:
    from accounts.models import Member


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device by what people call it; `failing_since` is set while nothing gets through to it."""

    pk: int
    name: str
    is_here: bool
    quiet: str
    failing_since: datetime | None

    @property
    def url(self) -> str:
        return f"/settings/notifications/devices/{self.pk}/"


@dataclass(frozen=True, slots=True)
class Push:
    """What the settings say of it: the key a browser subscribes with, and the devices it is on at, this one first."""

    key: str
    devices: list[DeviceRow]

    @property
    def is_here(self) -> bool:
        return any(row.is_here for row in self.devices)


def push_of(member: "Member", session_key: str | None) -> Push | None:
    """One query; None where the site pushes nothing."""
    if not keys.is_on():
        return None
    found = PushDevice.objects.visible_to(member).select_related("session").order_by("-pk")
    rows = [row_of(each, session_key) for each in found]
    return Push(keys.public_key(), sorted(rows, key=lambda row: not row.is_here))


def row_of(device: PushDevice, session_key: str | None) -> DeviceRow:
    return DeviceRow(
        device.pk,
        describe(device.session.user_agent),
        device.session.session_key == session_key,
        _quiet(device.quiet_from, device.quiet_until),
        device.failing_since,
    )


def _quiet(start: int | None, end: int | None) -> str:
    if start is None or end is None:
        return _("at any hour")
    return _("quiet from %(start)s to %(end)s") % {"start": at_hour(start), "end": at_hour(end)}


def at_hour(hour: int) -> str:
    """20.00 น. (in English: 20:00)."""
    return _("%(hour)02d:00") % {"hour": hour}
