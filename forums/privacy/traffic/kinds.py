"""Who writes what was noted; keeping the tables of the days."""

from datetime import datetime

from forums.notifications.registry import scheduled
from forums.privacy.traffic import actions
from forums.privacy.traffic.recording import recorder

recorder.write_down = actions.write_down


@scheduled("traffic log: tables of the days")
def keep_days(now: datetime) -> None:
    """Those to come are made, those past are dropped."""
    actions.keep_days(now)
