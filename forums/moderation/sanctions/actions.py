"""Every sanction: warned, silenced, suspended, banned, and each taken back.

Each takes `moderator` and `reason`, returns the Decision it wrote, changes nothing (and returns None) when it is so
already, and raises NotAllowed or BadText.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import end_sessions
from accounts.models import Member
from forums.base.errors import BadText
from forums.base.rate_limits import one_at_a_time
from forums.moderation.actions import about_member, decide
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act, Decision
from forums.moderation.sanctions.models import OUT, SILENCES, WARNED_FOR, Sanction, SanctionKind
from forums.notifications.outbox import write_emails

LONGEST = timedelta(days=3 * 366)  # of a suspension: what is longer is a ban


@transaction.atomic
def warn(*, moderator: Member, member: Member, reason: str) -> Decision | None:
    """Tell a member that this went too far. It counts for half a year, and takes nothing from her."""
    moderator, member, reason = about_member(moderator, member, reason)
    until = timezone.now() + WARNED_FOR
    return _begin(Act.WARN, SanctionKind.WARNING, moderator, member, reason, until)


@transaction.atomic
def take_warning_back(
    *, moderator: Member, member: Member, reason: str, given: Decision | None = None
) -> Decision | None:
    """Her newest warning, or that of the decision it was `given` with, counts no more."""
    moderator, member, reason = about_member(moderator, member, reason)
    warnings = Sanction.objects.holding().filter(member=member, kind=SanctionKind.WARNING)
    if given is not None:
        warnings = warnings.filter(decision=given)
    newest = warnings.order_by("-pk").first()
    return _take_back(Act.UNWARN, newest, moderator, member, reason)


@transaction.atomic
def silence(*, moderator: Member, member: Member, days: int, reason: str) -> Decision | None:
    """Let a member only read for 1, 3, 7 or 30 days from now on.

    Her lock of writing is held first: what she sends just now is there before it, or is refused.
    """
    if days not in SILENCES:
        raise BadText(_("Silence lasts for 1, 3, 7 or 30 days."))
    one_at_a_time(member)
    moderator, member, reason = about_member(moderator, member, reason)
    until = timezone.now() + timedelta(days=days)
    Member.objects.filter(pk=member.pk).update(silenced_until=until)
    return _begin(Act.SILENCE, SanctionKind.SILENCE, moderator, member, reason, until)


@transaction.atomic
def unsilence(*, moderator: Member, member: Member, reason: str) -> Decision | None:
    """Let a silenced member write again."""
    moderator, member, reason = about_member(moderator, member, reason)
    held = _held(member, SanctionKind.SILENCE)
    Member.objects.filter(pk=member.pk).update(silenced_until=None)
    return _take_back(Act.UNSILENCE, held, moderator, member, reason)


@transaction.atomic
def suspend(
    *, moderator: Member, member: Member, reason: str, until: datetime | None = None
) -> Decision | None:
    """A member may not sign in until a time, or (None) until she is let in again; those signed in are out at their next
    click (`is_active`)."""
    now = timezone.now()
    if until is not None and not now < until <= now + LONGEST:
        raise BadText(_("The end must lie ahead, within three years."))
    return _keep_out(Act.SUSPEND, SanctionKind.SUSPENSION, moderator, member, reason, until)


@transaction.atomic
def ban(*, moderator: Member, member: Member, reason: str) -> Decision | None:
    """A member may not come back, unless moderators take it back. What she wrote stays."""
    return _keep_out(Act.BAN, SanctionKind.BAN, moderator, member, reason, None)


@transaction.atomic
def restore(*, moderator: Member, member: Member, reason: str) -> Decision | None:
    """Somebody suspended or banned may sign in again."""
    moderator, member, reason = about_member(moderator, member, reason)
    if member.is_active or member.left_at is not None:  # who has left comes back to nothing
        return None
    Member.objects.filter(pk=member.pk).update(is_active=True)
    held = Sanction.objects.select_for_update().filter(member=member, kind__in=OUT, ended_at=None)
    decision = _decided(Act.RESTORE, moderator, member, reason)
    for each in held:
        _end(each, None if len(held) > 1 else decision)
    return decision


@transaction.atomic
def let_in_again(*, member: Member) -> bool:
    """Whether a member's suspension has ended by itself; then she is active again. Nobody decides: it was decided."""
    row = Member.objects.select_for_update().get(pk=member.pk)
    held = Sanction.objects.filter(member=row, kind__in=OUT, ended_at=None)
    if row.is_active or row.left_at is not None:
        return row.is_active
    now = timezone.now()
    if not held or any(each.until is None or each.until > now for each in held):
        return False
    held.update(ended_at=now)
    Member.objects.filter(pk=row.pk).update(is_active=True)
    return True


def _keep_out(
    act: Act,
    kind: SanctionKind,
    moderator: Member,
    member: Member,
    reason: str,
    until: datetime | None,
) -> Decision | None:
    moderator, member, reason = about_member(moderator, member, reason)
    held = Sanction.objects.filter(member=member, kind__in=OUT, ended_at=None).first()
    now_out = (held.kind, held.until) if held else (SanctionKind.SUSPENSION, None)
    if not member.is_active and now_out == (kind, until):
        return None
    Member.objects.filter(pk=member.pk).update(is_active=False)
    end_sessions(member=member)  # or they would come back to life with her account
    Sanction.objects.filter(member=member, kind__in=OUT, ended_at=None).update(
        ended_at=timezone.now()
    )
    return _begin(act, kind, moderator, member, reason, until)


def _held(member: Member, kind: SanctionKind) -> Sanction | None:
    return Sanction.objects.holding().filter(member=member, kind=kind).first()


def _begin(
    act: Act,
    kind: SanctionKind,
    moderator: Member,
    member: Member,
    reason: str,
    until: datetime | None,
) -> Decision:
    grounds = Grounds.of(reason)
    grounds = Grounds(grounds, grounds.rule, until)
    if kind != SanctionKind.WARNING:
        Sanction.objects.filter(member=member, kind=kind, ended_at=None).update(
            ended_at=timezone.now()
        )
    decision = _decided(act, moderator, member, grounds)
    Sanction.objects.create(
        member=member, kind=kind, since=timezone.now(), until=until, decision=decision
    )
    return decision


def _take_back(
    act: Act, held: Sanction | None, moderator: Member, member: Member, reason: str
) -> Decision | None:
    if held is None:
        return None
    decision = _decided(act, moderator, member, reason)
    _end(held, decision)
    return decision


def _end(held: Sanction, decision: Decision | None) -> None:
    held.ended_at, held.ended_by = timezone.now(), decision
    held.save(update_fields=["ended_at", "ended_by"])


def _decided(act: Act, moderator: Member, member: Member, reason: str) -> Decision:
    """The decision, with the letter that says so."""
    decision = decide(act, moderator=moderator, reason=reason, target=member)
    write_emails(
        "sanctioned",
        key=f"sanctioned-{decision.pk}",
        members=[member.pk],
        data={"decision": decision.pk},
    )
    return decision
