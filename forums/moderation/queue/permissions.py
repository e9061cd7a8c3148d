"""Who decides in a case."""

from typing import Any

from forums.groups.memberships.permissions import can_moderate_in
from forums.moderation.permissions import can_moderate
from forums.moderation.queue.models import Case


def can_look_into(member: Any, case: Case) -> bool:
    """The site's moderators, and those of the network it stands in; nobody into what is about herself."""
    if case.about_id is not None and case.about_id == member.pk:
        return False
    return can_moderate(member) or (
        case.network_id is not None and can_moderate_in(member, case.network_id)
    )
