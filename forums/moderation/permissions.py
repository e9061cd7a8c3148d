"""Who moderates."""

from typing import Any

from accounts.models import Member


def can_moderate(member: Any) -> bool:
    """Moderators work in the admin; whoever may enter it may decide about topics and posts."""
    return bool(member.is_authenticated and member.is_active and member.is_staff)


def can_suspend(member: Any, target: Member) -> bool:
    """A moderator suspends members; only an administrator suspends moderators, nobody herself."""
    if not can_moderate(member) or member.pk == target.pk:
        return False
    return member.is_superuser or not target.is_staff
