"""Who reads what was sealed."""

from typing import Any

from forums.moderation.permissions import can_administer, can_moderate


def can_read_sealed(member: Any) -> bool:
    """Administrators, and moderators to whom one has given this right."""
    if not can_moderate(member):
        return False
    return can_administer(member) or bool(member.has_perm("forums.read_sealedcopy"))
