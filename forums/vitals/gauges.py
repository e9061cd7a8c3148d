"""How much waits, how long, and how the database does: figures of this moment, for /metrics.

Each question is bounded (`MOST` rows, two seconds), and asked four times a minute at most by each process, however often
somebody looks. They are asked by who looks, not by the worker: how long letters wait is told best when it is gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.db import Error, connection, transaction
from django.utils import timezone

from forums.moderation.queue.models import Case
from forums.notifications.models import Email, Telling
from forums.vitals.models import SignOfLife
from forums.vitals.readiness import disks, worries

MOST = 1_000  # of what waits is looked at
_SECONDS = 15  # for which what was asked stands
_AMISS = ("pictures", "disk", "worker", "letters", "replica", "redis")  # what `worries` may name

_CONNECTIONS = """
    SELECT count(*), current_setting('max_connections')::int,
           COALESCE(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::float,
           pg_database_size(current_database())
    FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# What a role sees of replicas that is no pg_monitor is NULL.
_REPLICAS = """
    SELECT application_name, max(COALESCE(extract(epoch FROM replay_lag), 0))::float,
           max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))::float
    FROM pg_stat_replication WHERE replay_lsn IS NOT NULL GROUP BY application_name ORDER BY 1 LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class VitalGauge:
    """One figure, perhaps of several things, each named by its labels' values."""

    name: str
    help: str
    values: list[tuple[tuple[str, ...], float]]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Queued:
    """What waits in a queue: how many (`MOST` at most), and seconds since the oldest came."""

    count: int
    seconds: float


def gauges() -> list[VitalGauge]:
    """All figures; where the database does not answer, that it does not."""
    cache = caches["process"]
    found: list[VitalGauge] | None = cache.get("vitals")
    if found is None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = '2s'")
                found = [_up(1), *_asked(cursor)]
        except Error:
            return [_up(0)]
        cache.set("vitals", found, _SECONDS)
    return found


def queues(now: datetime) -> dict[str, Queued]:
    """What waits for moderators, to be told, and to be mailed."""
    letters = Email.objects.filter(sent_at=None, dropped_at=None, due_at__lte=now)
    return {
        "moderators": _waiting(Case.objects.waiting().values_list("opened_at", flat=True), now),
        "tellings": _waiting(Telling.objects.order_by("pk").values_list("due_at", flat=True), now),
        "letters": _waiting(letters.order_by("due_at", "pk").values_list("due_at", flat=True), now),
    }


def _waiting(since: Any, now: datetime) -> Queued:
    found: list[datetime] = list(since[:MOST])
    seconds = (now - min(found, default=now)).total_seconds()
    return Queued(len(found), max(seconds, 0.0))


def _up(value: int) -> VitalGauge:
    return _one("roypalang_database_up", "Whether the database answers.", value)


def _one(name: str, help: str, value: float) -> VitalGauge:
    return VitalGauge(name, help, [((), value)])


def _asked(cursor: Any) -> Iterator[VitalGauge]:
    now = timezone.now()
    waiting = queues(now).items()
    yield VitalGauge(
        "roypalang_waiting",
        f"How much waits in a queue; {MOST} at most are counted.",
        [((name,), each.count) for name, each in waiting],
        ("queue",),
    )
    yield VitalGauge(
        "roypalang_waiting_seconds",
        "How long what waits longest has waited.",
        [((name,), each.seconds) for name, each in waiting],
        ("queue",),
    )
    overdue = Case.objects.waiting().filter(due_at__lt=now).values_list("pk", flat=True)
    yield _one("roypalang_cases_overdue", "Cases whose clock has run out.", len(overdue[:MOST]))
    signs = SignOfLife.objects.order_by("part").values_list("part", "at")
    yield VitalGauge(
        "roypalang_sign_of_life_seconds",
        "How long ago a part of the worker's work came round last.",
        [((part,), max((now - at).total_seconds(), 0.0)) for part, at in signs],
        ("part",),
    )
    amiss = {fault.name for fault in worries()}
    yield VitalGauge(
        "roypalang_amiss",
        "Whether something is not in order (manage.py ready says what).",
        [((name,), float(name in amiss)) for name in _AMISS],
        ("what",),
    )
    yield VitalGauge(
        "roypalang_disk_free_bytes",
        "Room on the disk of a folder of the site's.",
        [((folder,), free) for folder, free, _whole in disks()],
        ("folder",),
    )
    yield from _database(cursor)


def _database(cursor: Any) -> Iterator[VitalGauge]:
    cursor.execute(_CONNECTIONS)
    connections, most, seconds, size = cursor.fetchone()
    yield _one(
        "roypalang_database_connections", "Connections to the database, but ours.", connections
    )
    yield _one("roypalang_database_connections_most", "How many the server takes.", most)
    yield _one("roypalang_database_transaction_seconds", "Age of the oldest transaction.", seconds)
    yield _one("roypalang_database_bytes", "Size of the database.", size)
    cursor.execute("SELECT pg_is_in_recovery()")
    if cursor.fetchone() == (True,):
        return
    cursor.execute(_REPLICAS)
    if replicas := cursor.fetchall():
        yield VitalGauge(
            "roypalang_replica_lag_seconds",
            "How far a replica is behind, when something was written.",
            [((name,), seconds) for name, seconds, _bytes in replicas],
            ("replica",),
        )
        yield VitalGauge(
            "roypalang_replica_lag_bytes",
            "How much of the write-ahead log a replica has not taken in.",
            [((name,), behind) for name, _seconds, behind in replicas],
            ("replica",),
        )
