"""What waits for the moderators, the longest waiting first."""

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
    """What stands in the queue, for `member`: in one statement."""
    queue = reverse("site_queue")
    cases = Case.objects.visible_to(member).filter(ended_at=None)
    kinds = case_kinds()
    of_each = [
        cases.filter(kind=name).order_by("opened_at").values_list("kind", "opened_at")[: MANY + 1]
        for name in kinds
    ]
    times: dict[str, list[datetime]] = {}
    for name, opened_at in of_each[0].union(*of_each[1:], all=True) if of_each else ():
        times.setdefault(name, []).append(opened_at)
    now = timezone.now()
    found = [
        WaitingKind(
            what=str(kinds[name].label),
            count=f"{MANY}+" if len(opened) > MANY else str(len(opened)),
            since=_("the first %(when)s") % {"when": dates.ago(min(opened), now)},
            url=f"{queue}?kind={name}",
            at=min(opened),
        )
        for name, opened in times.items()
    ]
    return sorted(found, key=lambda row: row.at)
