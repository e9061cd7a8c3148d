"""On which days the letters of a roster go out: as many a day as their sender may, now and in the days to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import ForumError
from forums.groups.invitations.models import Invitation
from forums.groups.invitations.permissions import pace_of

if TYPE_CHECKING:
    from accounts.models import Member

FURTHEST = 7  # days: strangers' addresses lie here no longer than that before they are written to
LEFT_FREE = 5  # on days to come, one part of so many is left for links and letters by hand


@dataclass(frozen=True, slots=True)
class Portion:
    """So many letters go out together."""

    at: datetime
    count: int


class NoRoomAhead(ForumError):
    """What she has under way fills the days ahead."""

    status = 409

    def __init__(self, room: int) -> None:
        super().__init__(
            _(
                "Within the next %(days)d days you can send %(room)d letters of invitation. Bring a shorter "
                "list, or wait until the earlier ones have gone out."
            )
            % {"days": FURTHEST, "room": room}
        )


def plan(sender: "Member", count: int) -> list[Portion]:
    """When `count` letters of hers go out, if she sends them now. Raises NoRoomAhead.

    In no stretch of the time the pace speaks of (a day) are more sent than it allows, what was made by hand and what
    is under way counted in: a portion fits between all that lies less than a day before or after it.
    """
    now = timezone.now()
    rules = settings.FORUMS_PACE.get(pace_of(sender), ())
    if not rules:
        return [Portion(now, count)] if count else []
    most, seconds = rules[-1]
    step = timedelta(seconds=seconds)
    made = Invitation.objects.filter(created_by=sender, created_at__gt=now - step)
    return spread(count, list(made.values_list("created_at", flat=True)), now, most, step)


def spread(
    count: int, made: Sequence[datetime], now: datetime, most: int, step: timedelta
) -> list[Portion]:
    """`count` letters over steps from `now` on, `made` being those there are. Raises NoRoomAhead."""
    portions: list[Portion] = []
    for nth in range(FURTHEST + 1):
        if not count:
            break
        at = now + nth * step
        near = sum(at - step < each < at + step for each in made)
        room = (most if nth == 0 else most - most // LEFT_FREE) - near
        if room > 0:
            portions.append(Portion(at, min(room, count)))
            count -= portions[-1].count
    if count:
        raise NoRoomAhead(sum(each.count for each in portions))
    return portions
