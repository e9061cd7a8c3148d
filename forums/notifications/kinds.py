"""What the house forgets by itself, a little each hour."""

from datetime import datetime

from accounts import actions as accounts
from forums.notifications.registry import scheduled


@scheduled("accounts: addresses nobody has proven")
def drop_pending(now: datetime) -> None:
    """Their handles are free again."""
    accounts.drop_pending(now)
