"""Every write to copies: asked for, written a lot at a time, taken away."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.base.database import is_away
from forums.base.errors import TooFast
from forums.base.rate_limits import one_at_a_time
from forums.notifications.telling import tell
from forums.privacy.copies import files, writing
from forums.privacy.copies.models import AGAIN_AFTER, THERE_FOR, PersonalCopy

logger = logging.getLogger(__name__)

READY = "copy-ready"
LEASE = timedelta(minutes=2)  # for which a copy is one worker's; it takes it anew with every lot
TROUBLE = timedelta(minutes=10)  # after a failure the next try waits
FORGOTTEN = 100  # in one go


class CopiedToday(TooFast):
    message = _("One copy a day can be made. The next one can be asked for in %(wait)s.")


class _Stopped(Exception):
    """The worker is to end."""


@transaction.atomic
def ask(*, member: Member) -> PersonalCopy:
    """Ask for a copy; one that is not ready yet stands. Raises CopiedToday."""
    one_at_a_time(member)
    last = PersonalCopy.objects.filter(member=member).order_by("-asked_at").first()
    if last is not None:
        if last.ready_at is None:
            return last
        wait = last.asked_at + AGAIN_AFTER - timezone.now()
        if wait > timedelta():
            raise CopiedToday(wait=int(wait.total_seconds()) + 1)
    return PersonalCopy.objects.create(member=member, asked_at=timezone.now())


def carry_on(*, stop: Callable[[], bool] = lambda: False) -> int:
    """Write copies that were asked for until none waits, or `stop` says so; returns how many became ready.

    Not one transaction: it takes minutes, and what is on disk is no part of one. A copy is taken for LEASE, and each lot is
    noted at once; whoever comes after a worker that was killed goes on behind the last lot that was noted.
    """
    ready = 0
    while not stop() and (copy := _take()) is not None:
        try:
            _write(copy, stop)
        except _Stopped:
            _note(copy, busy_until=None)
            break
        except Exception as error:
            if is_away(error):
                raise
            logger.exception("Copy %s could not be written", copy.pk)
            _note(copy, busy_until=timezone.now() + TROUBLE)
        else:
            ready += 1
    return ready


def _write(copy: PersonalCopy, stop: Callable[[], bool]) -> None:
    if copy.rows is None:
        copy.rows = writing.count_rows(copy.member)
    while (holding := writing.next_step(copy.step)) is not None:
        if stop():
            raise _Stopped
        writing.write_lot(copy, holding)
        _note(copy, busy_until=timezone.now() + LEASE)

    def going_on() -> None:
        if stop():
            raise _Stopped
        _note(copy, busy_until=timezone.now() + LEASE)

    with translation.override(copy.member.reads):
        writing.describe(copy)
    copy.bytes = files.pack(copy.key, writing.pictures(copy.member), going_on)
    _finish(copy)


@transaction.atomic
def _take() -> PersonalCopy | None:
    """The next one that waits and that no other worker has, ours for a while."""
    now = timezone.now()
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    waiting = PersonalCopy.objects.select_for_update(skip_locked=True, of=("self",))
    found = waiting.filter(free, ready_at=None).select_related("member").order_by("asked_at")
    copy = found.first()
    if copy is not None:
        _note(copy, busy_until=now + LEASE)
    return copy


def _note(copy: PersonalCopy, *, busy_until: datetime | None) -> None:
    """Keep how far it is."""
    PersonalCopy.objects.filter(pk=copy.pk, ready_at=None).update(
        step=copy.step,
        after=copy.after,
        size=copy.size,
        written=copy.written,
        rows=copy.rows,
        busy_until=busy_until,
    )


@transaction.atomic
def _finish(copy: PersonalCopy) -> None:
    """It is ready: say so. Where she left meanwhile, nobody may have it."""
    now = timezone.now()
    done = PersonalCopy.objects.filter(pk=copy.pk, ready_at=None).update(
        ready_at=now, expires_at=now + THERE_FOR, bytes=copy.bytes, busy_until=None
    )
    if not done:
        transaction.on_commit(lambda: files.forget(copy.key))
        return
    tell(
        READY,
        key=f"{READY}-{copy.pk}",
        members=[copy.member_id],
        data={"copy": copy.pk},
    )


@transaction.atomic
def forget(now: datetime) -> None:
    """Take copies away that have been there for their time, with their files."""
    old = PersonalCopy.objects.filter(expires_at__lt=now).order_by("expires_at")
    _drop(list(old[:FORGOTTEN]))


@transaction.atomic
def forget_of(*, member: Member) -> None:
    """Take a member's copies away: she leaves."""
    _drop(list(PersonalCopy.objects.filter(member=member)))


def _drop(gone: list[PersonalCopy]) -> None:
    PersonalCopy.objects.filter(pk__in=[copy.pk for copy in gone]).delete()

    def forget_files() -> None:
        for copy in gone:
            files.forget(copy.key)

    transaction.on_commit(forget_files)
