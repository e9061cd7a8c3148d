"""What waits for the moderators, the longest waiting first: one bounded query a kind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import case_kinds
from forums.text import dates

MANY = 100  # a count goes no further


@dataclass(frozen=True, slots=True)
class WaitingKind:
    """A kind of case, how many of it, since when, and where they stand."""

    what: str
    count: str
    since: str
    url: str
    at: datetime


def waiting(member: Any) -> list[WaitingKind]:
    """What stands in the queue, for `member`."""
    queue = reverse("site_queue")
    cases = Case.objects.visible_to(member).filter(ended_at=None)
    found = []
    for name, kind in case_kinds().items():
        rows = cases.filter(kind=name).order_by("opened_at")
        times = list(rows.values_list("opened_at", flat=True)[: MANY + 1])
        if times:
            count = f"{MANY}+" if len(times) > MANY else str(len(times))
            since = _("the first %(when)s") % {"when": dates.ago(times[0], timezone.now())}
            url = f"{queue}?kind={name}"
            found.append(WaitingKind(str(kind.label), count, since, url, times[0]))
    return sorted(found, key=lambda row: row.at)
