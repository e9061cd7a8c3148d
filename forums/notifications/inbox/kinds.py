"""The number at the bell, asked with who is signed in; and what is forgotten."""

from datetime import datetime

from accounts.registry import known_with_her
from forums.notifications.inbox import actions
from forums.notifications.registry import scheduled
from forums.text.dates import BANGKOK

MANY = 100  # a count goes no further
NIGHT = 3  # o'clock

known_with_her(
    "unread",
    f"""(SELECT count(*) FROM (SELECT FROM forums_notification w
        WHERE w.member_id = m.id AND w.read_at IS NULL LIMIT {MANY}) unread)""",  # noqa: S608 - constants
)


@scheduled("notifications: old ones")
def forget_old(now: datetime) -> None:
    """After 180 days; and by night what is more than anybody reads."""
    actions.forget_old(now)
    if now.astimezone(BANGKOK).hour == NIGHT:
        actions.forget_many()
