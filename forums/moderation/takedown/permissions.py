"""Who hears of a notice, and who reads what was sealed."""

from typing import Any

from forums.moderation.permissions import can_administer, can_moderate
from forums.moderation.queue.models import Case
from forums.moderation.takedown.models import CASE, Notice


def hears_of(member: Any, notice: Notice) -> bool:
    """The site's moderators who may look into its case: not whose text it is."""
    cases = Case.objects.visible_to(member).filter(kind=CASE)
    return can_moderate(member) and cases.filter(subject=notice.subject, key=notice.key).exists()


def can_read_sealed(member: Any) -> bool:
    """Administrators, and moderators to whom one has given this right."""
    if not can_moderate(member):
        return False
    return can_administer(member) or bool(member.has_perm("forums.read_sealedcopy"))
