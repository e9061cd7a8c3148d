"""Who may ask that a decision is looked at again, and who looks."""

from datetime import datetime
from typing import Any

from accounts.models import Member
from forums.moderation.appeals.models import Appeal
from forums.moderation.letters import ends_at
from forums.moderation.models import Decision
from forums.moderation.permissions import can_moderate
from forums.moderation.statements.reasons import goes_against, readers_of


def can_read_reasons(member_id: int, decision: Decision) -> bool:
    """Whose thing it was; nobody else."""
    return member_id in readers_of(decision)


def can_appeal(member_id: int, decision: Decision, now: datetime) -> bool:
    """She, in time, where it went against her."""
    return (
        can_read_reasons(member_id, decision)
        and goes_against(decision)
        and now <= ends_at(decision)
    )


def can_answer_appeal(member: Any, appeal: Appeal) -> bool:
    """A moderator of the site who neither decided first nor asked, nor could have asked as well; the first only where
    nobody else is there."""
    if not can_moderate(member) or member.pk == appeal.member_id:
        return False
    if can_read_reasons(member.pk, appeal.decision):
        return False
    return member.pk != appeal.decision.moderator_id or is_alone(appeal)


def is_alone(appeal: Appeal) -> bool:
    """Is there no moderator but who decided first (and who asks)?"""
    concerned = {appeal.member_id, appeal.decision.moderator_id or 0}
    others = Member.objects.filter(is_staff=True, is_active=True).exclude(pk__in=concerned)
    return not others.exists()
