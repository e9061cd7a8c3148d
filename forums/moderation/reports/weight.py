"""What a report weighs, and from how many sides a thing was reported."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import combinations
from math import log
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from forums.groups.memberships.models import Membership
from forums.groups.networks.models import NETWORK_SHOWN
from forums.moderation.reports.models import ProblemReport, ReporterRecord

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.moderation.queue.models import Case

LEAST = 6  # decided reports before anything is concluded from them
USUAL = 0.7  # the share of right ones that neither raises nor lowers


def accuracy(upheld: int, rejected: int) -> float:
    """What being right has earned a reporter, in points: nothing before six of her reports were decided.

    From the share of right ones, 70 % being the middle: +1 where all were right, −1 where none was, in between in
    proportion; times log₄ of how many were decided. The formula is Discourse's ("accuracy bonus"), as its moderators
    have weighed reports since 2019.
    """
    n = upheld + rejected
    if n < LEAST:
        return 0.0
    share = upheld / n
    away = (share - USUAL) / ((1 - USUAL) if share > USUAL else USUAL)
    return away * log(n, 4)


def weight_of(member: "Member") -> float:
    """What a report of hers weighs now: 1 and her trust level, raised or lowered by `accuracy`, never below 0."""
    record = ReporterRecord.objects.filter(member=member).first()
    earned = accuracy(record.upheld, record.rejected) if record else 0.0
    return round(max(0.0, 1 + member.trust_level + earned), 2)


def camps_of(member: "Member") -> list[int]:
    """The networks (ids) a report of hers comes from: those shown that she has been in for some days.

    Nobody makes herself a second side by joining or founding a network while the quarrel runs.
    """
    long = timezone.now() - timedelta(days=settings.FORUMS_REPORTS_MEMBER_DAYS)
    hers = Membership.objects.filter(
        NETWORK_SHOWN.q(path="network__"), member=member, joined_at__lte=long
    )
    return sorted(hers.values_list("network", flat=True))


def from_two_sides(case: "Case", report: ProblemReport) -> bool:
    """Did two report it who are in networks, and share none? `report` is the newest; the case's row is locked.

    So a network that moves as one counts as one side, whichever other networks some of its members are in.
    Networks that only have much to do with each other count as two.

    Where the sum was reached without this before, only the newest can make the difference: what a crowd of one
    network costs does not grow with its square.
    """
    open_ones = ProblemReport.objects.open().filter(case=case, weight__gt=0).exclude(networks=[])
    if case.weight - report.weight >= settings.FORUMS_REPORTS_HIDE_AT:
        others = open_ones.exclude(networks__overlap=report.networks)
        return bool(report.networks) and report.weight > 0 and others.exists()
    return _apart(map(frozenset, open_ones.values_list("networks", flat=True)))


def _apart(camps: Iterable[frozenset[int]]) -> bool:
    return any(one.isdisjoint(other) for one, other in combinations(set(camps), 2))


def learn(members: Iterable[int], *, right: bool) -> None:
    """Their reports were found right, or wrong."""
    ids = sorted(members)
    rows = [ReporterRecord(member_id=pk) for pk in ids]
    ReporterRecord.objects.bulk_create(rows, ignore_conflicts=True)
    hers = ReporterRecord.objects.filter(member__in=ids)
    list(hers.select_for_update().order_by("member").values_list("member", flat=True))
    column = "upheld" if right else "rejected"
    hers.update(**{column: F(column) + 1})
