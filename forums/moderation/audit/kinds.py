"""What is held of who works in the admin; addresses that are forgotten."""

from datetime import datetime

from forums.base.personal import moderated
from forums.moderation.audit import actions
from forums.moderation.audit.models import AdminAct
from forums.notifications.registry import scheduled

moderated(AdminAct, "member")


@scheduled("acts in the admin: addresses of old ones")
def forget_addresses(now: datetime) -> None:
    """After as many days as the traffic log's."""
    actions.forget_addresses(now)
