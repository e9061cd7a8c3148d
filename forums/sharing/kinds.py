"""What shared pictures want looked at from time to time."""

from datetime import datetime

from forums.notifications.registry import scheduled
from forums.sharing.keeping import forget


@scheduled("sharing: pictures drawn long ago")
def forget_pictures(now: datetime) -> None:
    """Whatever is asked for again is drawn again."""
    forget(now)
