"""Who decides in a case."""

from typing import Any

from forums.moderation.queue.models import Case


def can_look_into(member: Any, case: Case) -> bool:
    """The site's moderators, and those of the network it stands in; nobody into what is hers."""
    return member.is_active and Case.objects.visible_to(member).filter(pk=case.pk).exists()
