"""Asking for the second step to be taken off; checking who asks; stopping it; doing it when its day has come.

Lock order: the member's and the moderators' rows, then what is asked.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import end_sessions
from accounts.models import Member
from forums.base.errors import BadText, NotAllowed
from forums.base.limits import fitting
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.moderation.actions import forget_at_once
from forums.moderation.grounds import clean_reason
from forums.moderation.locks import lock_members
from forums.moderation.lost_devices.models import (
    OPEN_FOR,
    WAIT,
    WORDS_LENGTH,
    Ending,
    LostDevice,
    open_for,
)
from forums.moderation.models import Act, Decision
from forums.moderation.permissions import can_check, can_moderate
from forums.moderation.queue.actions import follow
from forums.moderation.subjects import of_member
from forums.notifications.outbox import write_emails
from forums.text.thai import clean_text

LOST = "lost_device"  # the kind of its cases
AT_ONCE = 100  # how many are looked at in one run


@transaction.atomic
def ask(*, member: Member, words: str) -> LostDevice:
    """Ask the moderators to take the second step off; what was asked already stands.

    Raises BadText where there is no second step, or nothing to read; TooFast.
    """
    one_at_a_time(member)
    if (asked := open_for(member.pk)) is not None:
        return asked
    if not Authenticator.objects.filter(user=member).exists():
        raise BadText(_("Your account has no second step."))
    nothing = _("Please say how the moderators can know that it is you.")
    words = fitting(clean_text(words), WORDS_LENGTH, nothing=nothing)
    hers = LostDevice.objects.filter(member=member)
    hold_pace(member, "lost_devices", hers, everyone=True)
    made = LostDevice.objects.create(member=member, words=words)
    follow(kind=LOST, subject=of_member(member), waits=True)
    _write(made, "asked")
    return made


@transaction.atomic
def stop(*, lost: LostDevice) -> bool:
    """The member says no, or has found her device; False when it has ended already."""
    locked = _lock(lost.member_id)
    if locked is None or locked.pk != lost.pk:
        return False
    _end(locked, Ending.STOPPED)
    follow(kind=LOST, subject=of_member(locked.member), waits=False)
    return True


@transaction.atomic
def check(*, moderator: Member, member: Member, reason: str) -> Decision | None:
    """A moderator knows that it is she who asks. The second one's word sets the day.

    None when nothing is asked, or the same moderator said so already. Raises NotAllowed, BadText.
    """
    reason = clean_reason(reason)
    moderator, member = lock_members(moderator, member)
    if not can_check(moderator, member):
        raise NotAllowed(_("Nobody checks who she is herself."))
    lost = _lock(member.pk)
    if lost is None or lost.second_by_id or lost.first_by_id == moderator.pk:
        return None
    if lost.first_by_id is None:
        LostDevice.objects.filter(pk=lost.pk).update(first_by=moderator)
        _write(lost, "first")
        return _decide(Act.CHECK, moderator, member, reason)
    first = Member.objects.get(pk=lost.first_by_id)
    if not can_moderate(first):  # her word counts no more: this one's is the first
        LostDevice.objects.filter(pk=lost.pk).update(first_by=moderator)
        return _decide(Act.CHECK, moderator, member, reason)
    if not _enough(member, first, moderator):
        raise NotAllowed(
            _("For the account of a moderator one of the two must be an administrator.")
        )
    due_at = timezone.now() + WAIT
    LostDevice.objects.filter(pk=lost.pk).update(second_by=moderator, due_at=due_at)
    follow(kind=LOST, subject=of_member(member), waits=False, moderator=moderator)
    _write(lost, "second")
    return _decide(Act.CHECK, moderator, member, reason, due=due_at.isoformat())


@transaction.atomic
def deny(*, moderator: Member, member: Member, reason: str) -> Decision | None:
    """A moderator does not believe that it is she: it ends, however far it was."""
    reason = clean_reason(reason)
    moderator, member = lock_members(moderator, member)
    if not can_check(moderator, member):
        raise NotAllowed(_("Nobody checks who she is herself."))
    lost = _lock(member.pk)
    if lost is None:
        return None
    _end(lost, Ending.DENIED)
    subject = of_member(member)
    follow(kind=LOST, subject=subject, waits=False, moderator=moderator, refused=True)
    return _decide(Act.DENY, moderator, member, reason)


def settle(now: datetime) -> None:
    """Do what is due, and end what nobody has checked in time; each in a transaction of its own."""
    waiting = LostDevice.objects.filter(ended_at=None)
    ripe = waiting.filter(Q(due_at__lte=now) | Q(created_at__lt=now - OPEN_FOR, due_at=None))
    for lost in ripe.order_by("created_at", "id")[:AT_ONCE]:
        _settle(lost, now)


@transaction.atomic
def _settle(lost: LostDevice, now: datetime) -> None:
    people = [pk for pk in (lost.member_id, lost.first_by_id, lost.second_by_id) if pk]
    rows = Member.objects.select_for_update().filter(pk__in=people).order_by("pk")
    found = {row.pk: row for row in rows}
    locked = _lock(lost.member_id)
    if locked is None or locked.pk != lost.pk:
        return
    member = found[lost.member_id]
    if locked.due_at is None or locked.due_at > now:
        if locked.due_at is None and locked.created_at < now - OPEN_FOR:
            _end(locked, Ending.LAPSED)
            follow(kind=LOST, subject=of_member(member), waits=False)
        return
    first, second = found.get(locked.first_by_id or 0), found.get(locked.second_by_id or 0)
    if not (member.is_active and first and second and _enough(member, first, second)):
        _end(locked, Ending.LAPSED)
        return
    Authenticator.objects.filter(user=member).delete()
    end_sessions(member=member)
    _end(locked, Ending.DONE, now)


def _enough(member: Member, first: Member, second: Member) -> bool:
    """Whether these two may vouch for this member: two who moderate now, and for a moderator's account
    an administrator among them."""
    if not (can_check(first, member) and can_check(second, member) and first.pk != second.pk):
        return False
    is_staff = member.is_staff or member.is_superuser
    return not is_staff or first.is_superuser or second.is_superuser


def _lock(member_id: int) -> LostDevice | None:
    """What this member asked and has not ended, locked."""
    waiting = LostDevice.objects.select_for_update(of=("self",))
    return waiting.filter(member=member_id, ended_at=None).first()


def _end(lost: LostDevice, ending: Ending, now: datetime | None = None) -> None:
    ended_at = now or timezone.now()
    LostDevice.objects.filter(pk=lost.pk).update(ended_at=ended_at, ending=ending, words="")
    _write(lost, ending.value)


def _write(lost: LostDevice, step: str) -> None:
    """Tell the member how far it is."""
    write_emails(
        "lost_device",
        key=f"lost-device-{lost.pk}-{step}",
        members=[lost.member_id],
        data={"lost": lost.pk, "step": step},
    )


def _decide(act: Act, moderator: Member, member: Member, reason: str, **details: str) -> Decision:
    forget_at_once()
    return Decision.objects.create(
        moderator=moderator, act=act, reason=reason, member=member, details=details
    )
