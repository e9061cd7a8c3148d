"""What became of a roster, and what is wrong in its lines. Reads only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.groups.invitations.actions import letter_key
from forums.groups.invitations.models import Invitation
from forums.groups.networks.models import Network
from forums.groups.rosters.models import Roster, RosterLine
from forums.groups.rosters.plan import Portion
from forums.groups.rosters.reading import WHY
from forums.notifications.models import Email

NEWEST = 10  # rosters of a network that are named
SHOWN = 100  # faults on a page; the file holds them all


class FaultRow(NamedTuple):
    """A line that was not taken: its number, what stands there, and why."""

    line: int
    typed: str
    why: str


@dataclass(slots=True)
class RosterProgress:
    """How many of a roster's letters stand how, when the rest goes out, and which addresses took none."""

    all: int = 0
    sent: int = 0
    joined: int = 0
    waiting: int = 0
    taken_back: int = 0
    refused: int = 0
    to_come: list[Portion] = field(default_factory=list)
    refused_at: list[str] = field(default_factory=list)

    @property
    def goes_on_later(self) -> bool:
        """Is there something that can still be taken back?"""
        return any(part.at > timezone.now() for part in self.to_come)


def rosters(network: Network) -> list[Roster]:
    """The last ones that were sent."""
    found = Roster.objects.filter(network=network, sent_at__isnull=False)
    return list(found.select_related("created_by").defer("faults").order_by("-pk")[:NEWEST])


def faults(roster: Roster) -> list[FaultRow]:
    """In the language of the page."""
    return [FaultRow(line, typed, str(WHY[why])) for line, typed, why in roster.faults]


def fault_rows(rows: Iterable[FaultRow]) -> list[list[str]]:
    """The same as cells of a file."""
    return [
        [_("Line"), _("What stands there"), _("What is wrong")],
        *([str(row.line), row.typed, row.why] for row in rows),
    ]


def progress(roster: Roster) -> RosterProgress:
    """Two queries. What was dropped before it was tried counts as sent: that somebody wants none is hers to know."""
    ids = RosterLine.objects.filter(roster=roster).values("invitation")
    found = list(Invitation.objects.filter(pk__in=ids).order_by("created_at", "pk"))
    letters = {
        key: (sent_at, dropped_at, tries)
        for key, sent_at, dropped_at, tries in Email.objects.filter(
            key__in=[letter_key(each) for each in found if each.email]
        ).values_list("key", "sent_at", "dropped_at", "tries")
    }
    now, told, coming = timezone.now(), RosterProgress(all=len(found)), Counter[datetime]()
    for each in found:
        sent_at, dropped_at, tries = letters.get(letter_key(each), (None, None, 0))
        on_its_way = letter_key(each) in letters and sent_at is None and dropped_at is None
        if each.uses:
            told.joined += 1
        if each.revoked_at is not None:
            told.taken_back += 1
        elif sent_at is None and dropped_at is not None and tries:
            told.refused += 1
            told.refused_at.append(each.email)
        elif each.created_at > now or on_its_way:
            told.waiting += 1
            coming[each.created_at] += 1
        else:
            told.sent += 1
    told.to_come = [Portion(at, count) for at, count in sorted(coming.items())]
    return told
