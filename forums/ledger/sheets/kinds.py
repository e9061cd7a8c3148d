"""What files of ledgers register elsewhere: that those nobody said yes to are thrown away."""

from datetime import datetime

from forums.ledger.sheets.actions import discard_old_imports
from forums.notifications.registry import scheduled


@scheduled("ledger-files")
def forget_files(now: datetime) -> None:
    discard_old_imports(now=now)
