"""What is forgotten of kept pages by itself: they say names of people, and nobody asks for some of them again."""

from datetime import datetime

from forums.kept import actions
from forums.notifications.registry import scheduled


@scheduled("kept pages: those that are over")
def forget(now: datetime) -> None:
    """Of what was read an hour ago nothing stays."""
    actions.sweep(now=now)
