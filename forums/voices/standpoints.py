"""From where a member speaks in a topic. Chosen with her first post there, and kept."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from forums.errors import NotAllowed
from forums.memberships.models import Mine, roles_of
from forums.voices.models import Standpoint

if TYPE_CHECKING:
    from accounts.models import Member


def chosen(topic_id: int, member: "Member") -> tuple[bool, Mine | None]:
    """Whether `member` has chosen in this topic, and the network she then speaks from.

    None: as herself; also where she has left that network since. No query for who is in no network.
    """
    mine = roles_of(member)
    if not mine:
        return False, None
    found = list(
        Standpoint.objects.filter(topic=topic_id, member=member.pk).values_list(
            "network_id", flat=True
        )
    )
    return bool(found), mine.get(found[0] or 0) if found else None


def settle(
    topic_id: int, author: "Member", *, wish: int | None, in_name: bool = False
) -> int | None:
    """The network (id) that `author` speaks from in this topic, None for as herself.

    Her first post chooses, by `wish`; afterwards a wish changes nothing. `in_name`: she wants to speak
    in the network's name. Call with her lock held (posts.pace). Raises NotAllowed for a network she is
    not in, and for a name she may not speak in.
    """
    mine = roles_of(author)
    if not mine:
        if wish is not None or in_name:
            raise NotAllowed(_("You are not in this network, or no longer."))
        return None
    has_chosen, place = chosen(topic_id, author)
    if not has_chosen:
        place = mine.get(wish or 0)
        if wish is not None and (place is None or not place.is_open):
            raise NotAllowed(_("You are not in this network, or no longer."))
        Standpoint.objects.create(
            topic_id=topic_id, member=author, network_id=place.network_id if place else None
        )
    if in_name and not (place and place.speaks):
        raise NotAllowed(_("Only its spokespersons and coordinators speak in a network's name."))
    return place.network_id if place and place.is_open else None
