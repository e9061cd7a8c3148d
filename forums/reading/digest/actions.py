"""Writing the digests of a day into the outbox."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from forums.base.constant_sql import select
from forums.notifications.models import Rhythm
from forums.notifications.registry import DIGEST
from forums.reading.digest.models import DigestRun
from forums.text.dates import BANGKOK

EVENING = time(17, tzinfo=BANGKOK)
LATE = timedelta(hours=6)  # after that there is none any more that day
AWAY = timedelta(days=180)
BATCH = 1_000  # members in one transaction

_WRITE = f"""
    WITH near AS MATERIALIZED (
        SELECT m.id, m.is_active, m.pending_since, m.created_at, m.last_login
        FROM accounts_member m WHERE m.id > %(after)s ORDER BY m.id LIMIT {BATCH}
    ), written AS (
        INSERT INTO forums_letter (kind, key, member_id, address, data, due_at, tries)
        SELECT '{DIGEST}', %(key)s || near.id, near.id, '',
            jsonb_build_object('rhythm', hers.rhythm), %(now)s, 0
        FROM near
            LEFT JOIN forums_mailwish w ON w.member_id = near.id
            LEFT JOIN forums_readerstate r ON r.member_id = near.id,
            LATERAL (SELECT COALESCE(w.digest, '{Rhythm.WEEKLY}') AS rhythm) hers
        WHERE near.is_active AND near.pending_since IS NULL AND w.stopped_at IS NULL
            AND hers.rhythm = ANY(%(rhythms)s)
            AND GREATEST(near.created_at, near.last_login, r.here_at) > %(away)s
            AND EXISTS (SELECT FROM account_emailaddress e
                WHERE e.user_id = near.id AND e."primary" AND e.verified)
        ORDER BY near.id
        ON CONFLICT (key) DO NOTHING
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM near), (SELECT max(id) FROM near), (SELECT count(*) FROM written)
"""  # noqa: S608 - made of constants


def due_day(now: datetime) -> date | None:
    """The day whose digests are due now, in Bangkok; None where none are."""
    today = now.astimezone(BANGKOK).date()
    begins = datetime.combine(today, EVENING)
    return today if begins <= now < begins + LATE else None


def write_due(now: datetime, *, stop: Callable[[], bool] = lambda: False) -> date | None:
    """Write whatever digests are due now; returns the day that is done with, or None."""
    day = due_day(now)
    while day is not None and not stop():
        if write_some(day).done_at is not None:
            return day
    return None


@transaction.atomic
def write_some(day: date) -> DigestRun:
    """The next digests of a day, one for each who is to get one; how far it has come. `done_at` says that all are written.

    Several processes take turns, by the row of the run.
    """
    monday = day - timedelta(days=day.weekday())
    first = not DigestRun.objects.filter(day__gte=monday, day__lt=day, weekly=True).exists()
    DigestRun.objects.get_or_create(day=day, defaults={"weekly": first})
    run = DigestRun.objects.select_for_update().get(day=day)
    if run.done_at is not None:
        return run
    now = timezone.now()
    ((looked, last, _written),) = select(
        _WRITE,
        after=run.after,
        key=f"{DIGEST}-{day:%Y%m%d}:",
        now=now,
        rhythms=[Rhythm.DAILY, Rhythm.WEEKLY] if run.weekly else [Rhythm.DAILY],
        away=now - AWAY,
    )
    run.after = last or run.after
    run.done_at = None if looked == BATCH else now
    run.save()
    return run
