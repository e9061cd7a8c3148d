"""A network's members as the readers of something that all of them are told."""

from collections.abc import Sequence

from forums.groups.memberships.models import Membership
from forums.notifications.models import Telling
from forums.notifications.registry import Share

BATCH = 500


def next_members(telling: Telling, network_id: int) -> tuple[Sequence[Share], int | None]:
    """The next of them, for `registry.audience`: all are told the same."""
    members = Membership.objects.filter(network=network_id, member__gt=telling.after)
    found = list(members.order_by("member").values_list("member_id", flat=True)[:BATCH])
    shares = [Share(pk, telling.kind, telling.key) for pk in found]
    return shares, found[-1] if len(found) == BATCH else None
