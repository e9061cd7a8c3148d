"""Who is told something is told it on her devices too."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Basis, Leaves, holds
from forums.notifications.push import actions, keys
from forums.notifications.push.models import PushDevice
from forums.notifications.registry import after_told


@after_told
def wake_devices(members: Collection[int], at: datetime) -> None:
    """In the transaction that tells her."""
    if keys.is_on():
        actions.wake(members, at)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    PushDevice,
    "session__user",
    what=gettext_lazy("Devices on which notifications appear"),
    area=Area.MAIL,
    leaves=Leaves.DELETED,
    basis=Basis.CONSENT,
    but=("endpoint", "p256dh", "auth"),
)
