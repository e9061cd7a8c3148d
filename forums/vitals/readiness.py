"""What keeps the site from serving, and what is not in order beside: said in words for the machine's keeper."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import Error, connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from forums.notifications.models import Email
from forums.text import dates
from forums.vitals.models import SignOfLife
from roypalang.picture_store import picture_store
from roypalang.redis_cache import why_away
from roypalang.replicas.watching import watch

WORKER = "worker"  # the part that every worker has: that it lives
SILENT = timedelta(minutes=5)  # of the worker; where timers do its work, one comes every minute
STUCK = timedelta(hours=1)  # of one part of its work, while it lives
LATE = timedelta(hours=3)  # of a letter that is due, whatever keeps it
# A disk is nearly full when less than both of it is free.
SHARE, BYTES = 20, 2 * 1024**3
_A_MINUTE = 60  # seconds for which a database that was not behind is taken not to be


@dataclass(frozen=True, slots=True)
class VitalFault:
    """Something amiss, by a name that stays the same, and what it is."""

    name: str
    words: str | Promise


def hindrances() -> list[VitalFault]:
    """What keeps this process from serving pages: the database is away, or older than the code."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = _not_migrated()
    except Error:
        return [VitalFault("database", _("The database cannot be reached, or takes nothing."))]
    if not missing:
        return []
    words = _("The database lacks migrations of this version ({names}): run manage.py migrate.")
    return [VitalFault("migrations", format_lazy(words, names=", ".join(missing)))]


def worries() -> list[VitalFault]:
    """What is not in order though pages are served. Asks the database, which must be there."""
    return [*_pictures(), *_disks(), *_worker(), *_letters(), *_replicas(), *_redis()]


def disks() -> Iterator[tuple[str, int, int]]:
    """Free and all bytes of each disk, named by our first folder on it; the database's may be on another machine."""
    seen = set()
    for folder in (settings.MEDIA_ROOT, settings.COPIES_ROOT, settings.VAR_DIR):
        path = Path(folder)
        while not path.exists():
            path = path.parent
        if (disk := path.stat().st_dev) not in seen:
            seen.add(disk)
            found = os.statvfs(path)
            yield str(folder), found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize


@cache
def _of_this_version() -> frozenset[tuple[str, str]]:
    """Every migration in the code: read from the names of files, for to load them takes half a second."""
    return frozenset(
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("[!_~]*.py")
    )


def _not_migrated() -> list[str]:
    """Names of those that have not run, the first few. What has run does not unrun: asked once a minute."""
    known = caches["process"]
    if known.get("migrated"):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        rows: list[tuple[str, str]] = []
        if cursor.fetchone() == (True,):
            cursor.execute("SELECT app, name FROM django_migrations")
            rows = cursor.fetchall()
    missing = sorted(f"{app}.{name}" for app, name in _of_this_version() - set(rows))
    if not missing:
        known.set("migrated", True, _A_MINUTE)
    return [*missing[:3], "…"] if len(missing) > 3 else missing


def _pictures() -> Iterator[VitalFault]:
    store = picture_store()
    if why := store.why_away():
        words = _("No picture can be kept in {place}: {why}.")
        yield VitalFault("pictures", format_lazy(words, place=str(store), why=why))


def _disks() -> Iterator[VitalFault]:
    for folder, free, whole in disks():
        if free < BYTES and free * SHARE < whole:
            words = _("The disk of {folder} is nearly full: {free} MB are free.")
            yield VitalFault("disk", format_lazy(words, folder=folder, free=f"{free // 1024**2:,}"))


def _replicas() -> Iterator[VitalFault]:
    words = _("No page is read from the database's replica at {place}: {why}.")
    for each in watch.left_out():
        yield VitalFault("replica", format_lazy(words, place=each.place, why=each.why))


def _redis() -> Iterator[VitalFault]:
    if settings.REDIS_URL and (why := why_away(settings.REDIS_URL)):
        words = _("Redis is away ({why}): who tried how often is counted in the database.")
        yield VitalFault("redis", format_lazy(words, why=why))


def _worker() -> Iterator[VitalFault]:
    """It is silent; or, while it lives, a part of its work does not come round."""
    signs = dict(SignOfLife.objects.values_list("part", "at"))
    last, now = signs.pop(WORKER, None), timezone.now()
    if last is None:
        yield VitalFault(
            "worker", _("The worker (manage.py deliver) has never given a sign of life.")
        )
    elif now - last > SILENT:
        words = _("The worker (manage.py deliver) gave its last sign of life at {when}.")
        yield VitalFault("worker", format_lazy(words, when=dates.exactly(last)))
    else:
        for part, at in sorted(signs.items()):
            if now - at > STUCK:
                words = _("A part of the worker's work ({part}) last came round at {when}.")
                yield VitalFault("worker", format_lazy(words, part=part, when=dates.exactly(at)))


def _letters() -> Iterator[VitalFault]:
    """One waits though the worker goes round: there are more than it sends, or it is a timer's, and has no parts."""
    due = Email.objects.filter(sent_at=None, dropped_at=None, due_at__lt=timezone.now() - LATE)
    oldest = due.order_by("due_at").values_list("due_at", flat=True).first()
    if oldest is not None:
        words = _("A letter that was due at {when} has not been sent.")
        yield VitalFault("letters", format_lazy(words, when=dates.exactly(oldest)))
