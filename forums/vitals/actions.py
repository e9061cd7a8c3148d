"""Signs of life, and figures of ten minutes, written."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from forums.vitals.gauges import queues
from forums.vitals.models import SignOfLife, VitalSpan
from forums.vitals.readiness import disks

KEPT = timedelta(days=8)

_SIGN = """
    INSERT INTO forums_signoflife AS known (part, at) VALUES (%s, %s)
    ON CONFLICT (part) DO UPDATE SET at = GREATEST(known.at, EXCLUDED.at)
"""
# Of what several processes did, the sum.
_ADD = """
    INSERT INTO forums_vitalspan AS known (at, requests, failed, slow, milliseconds) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (at) DO UPDATE SET
        requests = known.requests + EXCLUDED.requests, failed = known.failed + EXCLUDED.failed,
        slow = known.slow + EXCLUDED.slow, milliseconds = known.milliseconds + EXCLUDED.milliseconds
"""
# Of what was seen waiting several times, the longest; of room on the disk the least.
_NOTE = """
    INSERT INTO forums_vitalspan AS known (at, cases, tellings, letters, free) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (at) DO UPDATE SET
        cases = GREATEST(known.cases, EXCLUDED.cases), tellings = GREATEST(known.tellings, EXCLUDED.tellings),
        letters = GREATEST(known.letters, EXCLUDED.letters), free = LEAST(known.free, EXCLUDED.free)
"""


@transaction.atomic
def give_signs(signs: Mapping[str, datetime], /) -> None:
    """Write when each of these parts last came round. A sign that is older than the one there changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")  # the next one comes in seconds
        for part in sorted(signs):  # in one order, or two workers would wait for each other
            cursor.execute(_SIGN, [part, signs[part]])


@transaction.atomic
def forget_parts(*, but: Collection[str]) -> None:
    """A worker begins, whose parts are these: one it has no more is not to be missed for ever."""
    SignOfLife.objects.exclude(part__in=but).delete()


@transaction.atomic
def add_requests(
    *, now: datetime, requests: int, failed: int, slow: int, milliseconds: int
) -> None:
    """Add what a process did since it last said so to these ten minutes."""
    _write(_ADD, [_begins(now), requests, failed, slow, milliseconds])


@transaction.atomic
def note_waiting(*, now: datetime) -> None:
    """Look how long what waits has waited, and how much room there is."""
    waiting = queues(now)
    seconds = [int(waiting[name].seconds) for name in ("moderators", "tellings", "letters")]
    free = min(free * 100 // max(whole, 1) for _folder, free, whole in disks())
    _write(_NOTE, [_begins(now), *seconds, free])


@transaction.atomic
def forget_spans(*, now: datetime) -> int:
    """Those of more than eight days ago are gone; returns how many."""
    return VitalSpan.objects.filter(at__lt=now - KEPT).delete()[0]


def _begins(now: datetime) -> datetime:
    return now - timedelta(
        minutes=now.minute % 10, seconds=now.second, microseconds=now.microsecond
    )


def _write(statement: str, values: list[datetime | int]) -> None:
    """Nobody waits for the disk: the next one comes within a minute."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(statement, values)
