"""Every write to leaving: asked, confirmed by mail, stopped, done a piece at a time.

Lock order: the member (advisory), then her going; each piece of work takes its own locks, in a transaction of its own.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import end_sessions
from accounts.models import Member
from accounts.parting import close
from forums.base.errors import ForumError, NotAllowed
from forums.base.leases import LeasedWork, Stop, Stopped
from forums.base.personal import Farewell, Holding, Parting, partings
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.notifications.models import Email
from forums.notifications.outbox import write_emails
from forums.privacy.leaving.hindrances import only_hers, what_hinders
from forums.privacy.leaving.models import CONFIRMED_WITHIN, FAREWELL, PUT_OFF, WAIT, Leaving, going

FAREWELL_LETTER = "leaving-farewell"


class OthersRelyOnHer(ForumError):
    status = 409
    message = _(
        "Some networks or organisations have nobody but you to look after them. Hand them over first; they are named below."
    )


# -- She ----------------------------------------------------------------------------------------


@transaction.atomic
def ask(*, member: Member, choice: str) -> Leaving:
    """Ask to leave: a letter with a link confirms it. Asked again before that, the new choice stands.

    Raises NotAllowed for a moderator, OthersRelyOnHer, TooFast.
    """
    one_at_a_time(member)
    if member.is_staff:
        raise NotAllowed(
            _("Moderators give up their duty first; another moderator can take it off.")
        )
    if only_hers(member.pk):
        raise OthersRelyOnHer
    leaving = going(member.pk)
    if leaving is not None and leaving.confirmed_at is not None:
        return leaving
    hold_pace(member, "leaving", everyone=True)
    if leaving is None:
        leaving = Leaving(member=member)
    leaving.choice, leaving.asked_at = Farewell(choice), timezone.now()
    leaving.save()
    _write(leaving, "asked")
    return leaving


@transaction.atomic
def confirm(*, leaving: Leaving) -> bool:
    """The letter's link: the day is set, and every device is signed out. False when there is nothing to confirm."""
    leaving = Leaving.objects.select_for_update().get(pk=leaving.pk)
    now = timezone.now()
    if leaving.confirmed_at is not None or leaving.stopped_at is not None:
        return False
    if leaving.asked_at < now - CONFIRMED_WITHIN:
        return False
    Leaving.objects.filter(pk=leaving.pk).update(confirmed_at=now, due_at=now + WAIT)
    end_sessions(member=leaving.member)
    _write(leaving, "confirmed")
    return True


@transaction.atomic
def stay(*, leaving: Leaving) -> bool:
    """She stays after all; False when the work has begun, or it was stopped before."""
    leaving = Leaving.objects.select_for_update().get(pk=leaving.pk)
    if leaving.begun_at is not None or leaving.stopped_at is not None:
        return False
    Leaving.objects.filter(pk=leaving.pk).update(stopped_at=timezone.now())
    Email.objects.filter(key__startswith=f"leaving-{leaving.pk}-", sent_at=None).delete()
    if leaving.confirmed_at is not None:
        _write(leaving, "stayed")
    return True


# -- The worker ---------------------------------------------------------------------------------


def _due() -> QuerySet[Leaving]:
    due = Leaving.objects.filter(due_at__lte=Now(), ended_at=None, stopped_at=None)
    return due.select_related("member").order_by("due_at")


_WORK = LeasedWork(_due, kept=("step", "after", "done"), lease=timedelta(minutes=5))


def carry_on(*, stop: Stop = lambda: False) -> int:
    """Go on with what is due until nothing is, or `stop` says so; returns how many have left."""
    return _WORK.carry_on(_go_on, stop)


def _go_on(leaving: Leaving, stop: Stop) -> bool:
    """The pieces of work of one who leaves; False when it is to be gone on with later."""
    if leaving.begun_at is None and (_put_off(leaving) or not _say_farewell(leaving)):
        return False
    while (found := _work_at(leaving.step)) is not None:
        if stop():
            raise Stopped
        _do_piece(leaving, *found)
    _end(leaving)
    return True


@transaction.atomic
def _put_off(leaving: Leaving) -> bool:
    """What others rely on her for may have come about since she asked: she is told by letter, and has some days more."""
    if not what_hinders(leaving.member):
        return False
    locked = Leaving.objects.select_for_update().get(pk=leaving.pk)
    if locked.stopped_at is None:
        day = timezone.now() + PUT_OFF
        Leaving.objects.filter(pk=leaving.pk).update(due_at=day, busy_until=None)
        _write(leaving, "hindered")
    return True


@transaction.atomic
def _say_farewell(leaving: Leaving) -> bool:
    """The last letter, which needs the address; when it has gone, the account is closed and the work begins."""
    letters = Email.objects.filter(key__startswith=f"leaving-{leaving.pk}-farewell")
    letter = letters.first()
    now = timezone.now()
    if letter is None:
        _write(leaving, "farewell")
    waits = letter is None or (letter.sent_at is None and letter.dropped_at is None)
    if waits and (letter is None or letter.created_at > now - FAREWELL):
        _WORK.note(leaving, busy_for=timedelta(minutes=1))
        return False
    locked = Leaving.objects.select_for_update().get(pk=leaving.pk)
    if locked.stopped_at is not None or locked.begun_at is not None:
        return locked.begun_at is not None
    leaving.begun_at = now
    Leaving.objects.filter(pk=leaving.pk).update(begun_at=now)
    close(leaving.member)
    return True


def _work_at(step: str) -> tuple[str, Callable[[Parting], int | None] | Holding, str] | None:
    """The work of this step ('' is the first), and the name of the one behind it ('~' when it was the last)."""
    if step == "~":
        return None
    work = partings()
    names = [name for name, _work in work]
    place = names.index(step) if step in names else 0
    return *work[place], names[place + 1] if place + 1 < len(names) else "~"


@transaction.atomic
def _do_piece(
    leaving: Leaving, name: str, work: Callable[[Parting], int | None] | Holding, then: str
) -> None:
    """One piece, and the note of how far it is."""
    parting = Parting(
        member=Member.objects.get(pk=leaving.member_id),
        choice=Farewell(leaving.choice),
        addresses=_addresses(leaving.member_id),
        after=leaving.after,
    )
    came_to = _delete(work, parting) if isinstance(work, Holding) else work(parting)
    leaving.step, leaving.after = (then, 0) if came_to is None else (name, came_to)
    leaving.done += 1
    _WORK.went_on(leaving)


def _delete(holding: Holding, parting: Parting) -> int | None:
    """The next rows of what is just deleted."""
    some = list(holding.rows(parting.member).values_list("pk", flat=True)[: parting.size])
    holding.table._default_manager.filter(pk__in=some).delete()
    return parting.after if some else None


def _addresses(member_id: int) -> list[str]:
    found = EmailAddress.objects.filter(user=member_id).values_list("email", flat=True)
    own = Member.objects.filter(pk=member_id).values_list("email", flat=True)
    return sorted({*found, *own})


@transaction.atomic
def _end(leaving: Leaving) -> None:
    Leaving.objects.filter(pk=leaving.pk).update(ended_at=timezone.now(), busy_until=None)


@transaction.atomic
def forget_unconfirmed(now: datetime) -> None:
    """Delete what was asked and never confirmed, and what was stopped a while ago."""
    unconfirmed = Q(confirmed_at=None, asked_at__lt=now - CONFIRMED_WITHIN)
    Leaving.objects.filter(unconfirmed | Q(stopped_at__lt=now - WAIT)).delete()


def _write(leaving: Leaving, step: str) -> None:
    """Tell her how far it is."""
    write_emails(
        "leaving",
        key=f"leaving-{leaving.pk}-{step}-{timezone.now():%Y%m%d%H%M%S}",
        members=[leaving.member_id],
        data={"leaving": leaving.pk, "step": step},
    )
