"""From when on something is new for a member: known with who is signed in. Reads only."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from accounts.known import blocked_by, known_of
from forums.reading.marks.models import DAYS

FRESH = timedelta(days=2)  # so long a topic is new, however often she comes
VISIT = timedelta(hours=8)  # who was away for longer comes anew
HOUR = timedelta(hours=1)  # her time here is written no oftener

# Her window in days; when she was here, and before that: seconds.
KNOWN = """(SELECT ARRAY[r.days, extract(epoch FROM r.here_at), extract(epoch FROM r.before_at)]::float8[]
    FROM forums_readerstate r WHERE r.member_id = m.id)"""


class Outlook(NamedTuple):
    """What was written before `floor` is not new for her; a topic she never opened is if it was started after `since`."""

    days: int
    floor: datetime
    since: datetime
    last_visit: datetime | None  # before this one
    is_noted: bool  # that she is here

    def values(self, member: Any) -> dict[str, Any]:
        """What the statements of `news` ask of `member`."""
        quiet = [member.pk, *blocked_by(member)]
        return {"me": member.pk, "floor": self.floor, "since": self.since, "quiet": quiet}


def outlook(member: Any) -> Outlook:
    """Of somebody signed in."""
    now = timezone.now()
    days, here, before = known_of(member, "reading") or (DAYS, None, None)
    here_at, last_visit = _moment(here), _moment(before)
    if (
        here_at and now - here_at > VISIT
    ):  # this visit has begun, and is written when its page has gone out
        last_visit = here_at
    floor = now - timedelta(days=days)
    since = max(floor, min(last_visit or now, now - FRESH))
    return Outlook(int(days), floor, since, last_visit, bool(here_at and now - here_at < HOUR))


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
