"""Who moderates."""

from typing import Any

from accounts.models import Member
from forums.discussions.boards.models import Board
from forums.groups.memberships.permissions import can_moderate_in


def can_moderate(member: Any) -> bool:
    """Moderators work in the admin; whoever may enter it may decide about topics and posts."""
    return bool(member.is_authenticated and member.is_active and member.is_staff)


def can_keep_order(member: Any, board: Board) -> bool:
    """Hides, closes and pins in this board: the site's moderators, and those of its network."""
    return can_moderate_in(member, board.network_id)


def can_administer(member: Any) -> bool:
    """Administrators choose the moderators and see the addresses members write from."""
    return can_moderate(member) and bool(member.is_superuser)


def can_suspend(member: Any, target: Member) -> bool:
    """A moderator decides about members; only an administrator about moderators, nobody about herself."""
    if not can_moderate(member) or member.pk == target.pk:
        return False
    return can_administer(member) or not (target.is_staff or target.is_superuser)


def can_check(member: Any, target: Member) -> bool:
    """A moderator says that a member is who she says; nobody says it of herself."""
    return can_moderate(member) and member.pk != target.pk


def can_appoint(member: Any, target: Member) -> bool:
    """Only an administrator says who moderates; not about herself, so that one always remains."""
    return can_administer(member) and member.pk != target.pk
