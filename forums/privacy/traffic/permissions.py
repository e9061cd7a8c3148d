"""Who reads the traffic log, who says so, and who reads who looked."""

from datetime import datetime
from typing import Any

from forums.moderation.permissions import can_administer, can_moderate
from forums.privacy.traffic.models import OPEN_FOR, TrafficLook, TrafficReader


def can_read_traffic(member: Any) -> bool:
    """Who was given the right and still works in the admin; being an administrator is not enough."""
    return can_moderate(member) and TrafficReader.objects.filter(member=member.pk).exists()


def can_see_looks(member: Any) -> bool:
    """Who looked, and why: administrators, and who may look."""
    return can_administer(member) or can_read_traffic(member)


def can_read_lines(member: Any, look: TrafficLook, now: datetime) -> bool:
    """The lines of a look are shown to who asked, for a day: another reader asks herself, and says why."""
    return look.reader_id == member.pk and now < look.at + OPEN_FOR and can_read_traffic(member)
