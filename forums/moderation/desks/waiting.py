"""What waits for the moderators, the longest waiting first: one bounded query a kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.groups.organisations.lists import claims
from forums.groups.staff_requests.models import StaffRequest, StaffRequestKind
from forums.moderation.lost_devices.models import unchecked
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import case_kinds
from forums.reading.messages.models import MessageReport
from forums.text import dates

MANY = 100  # a count goes no further


@dataclass(frozen=True, slots=True)
class WaitingKind:
    """A kind of thing, how much of it, since when, and where it is answered."""

    what: str
    count: str
    since: str
    url: str
    at: datetime


def waiting(member: Any) -> list[WaitingKind]:
    """What stands in the queue, for `member`, and what waits on desks of its own."""
    queue = reverse("site_queue")
    cases = Case.objects.visible_to(member).filter(ended_at=None)
    found = [
        _row(kind.label, cases.filter(kind=name), "opened_at", f"{queue}?kind={name}")
        for name, kind in case_kinds().items()
    ]
    return _oldest_first([*(row for row in found if row is not None), *beside_the_queue()])


def beside_the_queue() -> list[WaitingKind]:
    """What members ask about networks, who represents an organisation, who lost her device, what was reported."""
    asked = StaffRequest.objects.filter(decided_at=None)
    requests = reverse("admin:forums_staffrequest_changelist")
    organisations = reverse("admin:forums_organisation_changelist")
    kinds: list[tuple[str | Promise, QuerySet[Any], str, str]] = [
        (label, asked.filter(kind=kind), "created_at", f"{requests}?kind__exact={kind}")
        for kind, label in StaffRequestKind.choices
    ]
    represents = gettext_lazy("Somebody says she represents the organisation")
    kinds.append((represents, claims(), "asked_at", f"{organisations}?state=waiting"))
    members = reverse("admin:accounts_member_changelist")
    lost = gettext_lazy("Somebody has lost the device of the second step")
    kinds.append((lost, unchecked(), "created_at", f"{members}?lost=open"))
    reports = MessageReport.objects.filter(answered_at=None)
    reported = gettext_lazy("Somebody reports a private message")
    url = reverse("admin:forums_messagereport_changelist")
    kinds.append((reported, reports, "created_at", url))
    found = (_row(*each) for each in kinds)
    return _oldest_first(row for row in found if row is not None)


def _row(what: str | Promise, rows: QuerySet[Any], moment: str, url: str) -> WaitingKind | None:
    times = list(rows.order_by(moment).values_list(moment, flat=True)[: MANY + 1])
    if not times:
        return None
    count = f"{MANY}+" if len(times) > MANY else str(len(times))
    since = _("the first %(when)s") % {"when": dates.ago(times[0], timezone.now())}
    return WaitingKind(str(what), count, since, url, times[0])


def _oldest_first(rows: Iterable[WaitingKind]) -> list[WaitingKind]:
    return sorted(rows, key=lambda row: row.at)
