"""The site's clock, held at a moment of the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Within this block the site takes `moment` for now, in this process.

    The alternative, to write now and to change dates afterwards, would have to rewrite decisions
    (which nobody may) and histories, and would need a way around the pace of writing. Every action
    asks `timezone.now()`; so does `auto_now_add`. (The database's own clock, `db_default=Now()`, is not
    held: what the script makes names its moment.) For commands only: a process of the site serves
    several requests at once.
    """
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
