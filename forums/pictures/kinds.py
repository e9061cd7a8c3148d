"""What pictures want looked at from time to time."""

from datetime import datetime

from forums.base.personal import TEXTS, Area, Leaves, Until, holds
from forums.notifications.registry import scheduled
from forums.pictures.actions import take_loose_away
from forums.pictures.models import Attachment


@scheduled("pictures: those that stand in no text")
def take_away(now: datetime) -> None:
    """They are kept for some days, while a text is being written."""
    take_loose_away(now)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Attachment,
    "uploader",
    what=TEXTS,
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.PUBLIC.label,
)
