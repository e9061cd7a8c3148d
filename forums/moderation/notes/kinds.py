"""That notes end by themselves, and what the house holds by them."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Basis, Leaves, holds, moderated
from forums.moderation.notes.actions import forget_notes
from forums.moderation.notes.models import StaffNote
from forums.notifications.registry import scheduled


@scheduled("notes of moderators")
def forget(now: datetime) -> None:
    """A note's day has come."""
    forget_notes(now)


holds(
    StaffNote,
    "member",
    what=gettext_lazy("What moderators noted about you for one another"),
    area=Area.ORDER,
    leaves=Leaves.DELETED,
    basis=Basis.INTEREST,
    until=gettext_lazy("until its day, a year at most"),
    copied=False,
)
moderated(StaffNote, "author")
