"""Who writes what was noted; keeping the tables of the days."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.base.personal import Area, Basis, Leaves, holds, moderated
from forums.notifications.registry import scheduled
from forums.privacy.traffic import actions
from forums.privacy.traffic.models import TrafficEntry, TrafficLook, TrafficReader
from forums.privacy.traffic.recording import recorder

holds(
    TrafficEntry,
    "account",
    what=_("Which kind of page you asked for, when, and from which address of the net"),
    area=Area.ORDER,
    leaves=Leaves.KEPT,
    basis=Basis.LAW,
    until=_("90 days, as the Computer Crime Act asks"),
    copied=False,
    mine=lambda member: Q(account=member.pk),
)
moderated(TrafficLook, "reader")
moderated(TrafficReader, "member", "given_by")
recorder.write_down = actions.write_down


@scheduled("traffic log: tables of the days")
def keep_days(now: datetime) -> None:
    """Those to come are made, those past are dropped."""
    actions.keep_days(now)
