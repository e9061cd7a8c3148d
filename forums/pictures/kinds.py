"""What pictures want looked at from time to time."""

from datetime import datetime

from forums.notifications.registry import scheduled
from forums.pictures.actions import take_loose_away


@scheduled("pictures: those that stand in no text")
def take_away(now: datetime) -> None:
    """They are kept for some days, while a text is being written."""
    take_loose_away(now)
