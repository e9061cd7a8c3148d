"""Every write to copies: asked for, written a lot at a time, taken away."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.base.errors import TooFast
from forums.base.leases import LeasedWork, Stop, Stopped
from forums.base.rate_limits import one_at_a_time
from forums.notifications.telling import tell
from forums.privacy.copies import files, writing
from forums.privacy.copies.models import AGAIN_AFTER, THERE_FOR, PersonalCopy

READY = "copy-ready"
FORGOTTEN = 100  # in one go


class CopiedToday(TooFast):
    message = _("One copy a day can be made. The next one can be asked for in %(wait)s.")


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


def _waiting() -> QuerySet[PersonalCopy]:
    return PersonalCopy.objects.filter(ready_at=None).select_related("member").order_by("asked_at")


_WORK = LeasedWork(
    _waiting, kept=("step", "after", "size", "written", "rows"), lease=timedelta(minutes=2)
)


def carry_on(*, stop: Stop = lambda: False) -> int:
    """Write copies that were asked for until none waits, or `stop` says so; returns how many became ready."""
    return _WORK.carry_on(_write, stop)


def _write(copy: PersonalCopy, stop: Stop) -> bool:
    def going_on() -> None:
        if stop():
            raise Stopped
        _WORK.went_on(copy)

    if copy.rows is None:
        copy.rows = writing.count_rows(copy.member)
    while (holding := writing.next_step(copy.step)) is not None:
        going_on()
        writing.write_lot(copy, holding)
    with translation.override(copy.member.reads):
        writing.describe(copy)
    copy.bytes = files.pack(copy.key, writing.pictures(copy.member), going_on)
    _finish(copy)
    return True


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
