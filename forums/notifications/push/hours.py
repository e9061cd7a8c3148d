"""Quiet hours: from an hour of Bangkok to another, mostly over midnight."""

from datetime import datetime, timedelta

from forums.text.dates import BANGKOK


def quiet_until(now: datetime, start: int | None, end: int | None) -> datetime | None:
    """When the quiet hours that `now` lies in are over; None when it lies in none."""
    if start is None or end is None:
        return None
    hour = now.astimezone(BANGKOK).hour
    is_quiet = start <= hour < end if start < end else hour >= start or hour < end
    return _next(now, end) if is_quiet else None


def seconds_to_quiet(now: datetime, start: int | None, *, most: int) -> int:
    """How long something pushed `now` is good for: until quiet hours begin, `most` seconds at the longest."""
    if start is None:
        return most
    return min(most, int((_next(now, start) - now).total_seconds()))


def _next(now: datetime, hour: int) -> datetime:
    """The next moment that hour begins."""
    today = now.astimezone(BANGKOK).replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
