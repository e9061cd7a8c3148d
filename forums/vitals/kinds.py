"""What is done every hour."""

from datetime import datetime

from forums.notifications.registry import scheduled
from forums.vitals import actions


@scheduled("vitals: what is too old")
def forget_spans(now: datetime) -> None:
    """Ten minutes of more than eight days ago."""
    actions.forget_spans(now=now)
