"""What rosters register elsewhere: that addresses nobody needs any more are forgotten."""

from datetime import datetime

from forums.base.personal import acted, erases
from forums.groups.rosters import actions
from forums.groups.rosters.models import Roster
from forums.notifications.registry import scheduled


@scheduled("rosters: files nobody sent, and their faults")
def forget(now: datetime) -> None:
    """Somebody else gave them to us."""
    actions.forget(now)


# -- What is held of a person ----------------------------------------------------------------------

acted(Roster, "created_by")

erases("rosters-address", place=70)(actions.forget_address)
