"""Who is told something is told it on her devices too."""

from collections.abc import Collection
from datetime import datetime

from forums.notifications.push import actions, keys
from forums.notifications.registry import after_told


@after_told
def wake_devices(members: Collection[int], at: datetime) -> None:
    """In the transaction that tells her."""
    if keys.is_on():
        actions.wake(members, at)
