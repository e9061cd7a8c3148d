"""From where a member speaks in a topic. Chosen with her first post there, and kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forums.base.constant_sql import select
from forums.base.errors import NotAllowed
from forums.groups.memberships.models import MyNetwork, roles_of

if TYPE_CHECKING:
    from accounts.models import Member


@dataclass(frozen=True, slots=True)
class Choice:
    """What a form asks: `places` to choose from, or the `place` (None: herself) chosen before."""

    places: tuple[MyNetwork, ...] = ()
    place: MyNetwork | None = None
    has_chosen: bool = False
    proposed: int | None = None

    @property
    def may_speak_in_name(self) -> bool:
        return (
            bool(self.place and self.place.speaks)
            if self.has_chosen
            else any(place.speaks for place in self.places)
        )


def choice(member: Any, *, topic_id: int | None = None, host: int | None = None) -> Choice:
    """From where `member` may speak, in a topic or (None) in one she is about to start.

    The network whose board it is, `host`, is proposed where she is in it.
    """
    places = tuple(place for place in roles_of(member).values() if place.is_open)
    if not places:
        return Choice()
    has_chosen, place = chosen(topic_id, member) if topic_id else (False, None)
    proposed = host if any(each.network_id == host for each in places) else None
    return Choice(places, place, has_chosen, proposed)


_CHOSEN = """
    SELECT network_id FROM forums_standpoint WHERE topic_id = %(topic)s AND member_id = %(member)s
"""


def chosen(topic_id: int, member: "Member") -> tuple[bool, MyNetwork | None]:
    """Whether `member` has chosen in this topic, and the network she then speaks from.

    None: as herself; also where she has left that network since. No query for who is in no network.
    """
    mine = roles_of(member)
    if not mine:
        return False, None
    found = select(_CHOSEN, topic=topic_id, member=member.pk)
    return bool(found), mine.get(found[0][0] or 0) if found else None


_SETTLE = """
    WITH there AS (
        SELECT network_id FROM forums_standpoint WHERE topic_id = %(topic)s AND member_id = %(member)s
    ), new AS (
        INSERT INTO forums_standpoint (topic_id, member_id, network_id)
        SELECT %(topic)s, %(member)s, %(network)s::bigint WHERE NOT EXISTS (SELECT FROM there)
        RETURNING network_id
    )
    SELECT network_id FROM there UNION ALL SELECT network_id FROM new
"""


def settle(
    topic_id: int, author: "Member", *, wish: int | None, in_name: bool = False
) -> int | None:
    """The network (id) that `author` speaks from in this topic, None for as herself.

    Her first post chooses, by `wish`; afterwards a wish changes nothing. `in_name`: she wants to speak
    in the network's name. Call with her lock held (forums.base.rate_limits). Raises NotAllowed for a network she is
    not in, and for a name she may not speak in.
    """
    mine = roles_of(author)
    if not mine:
        if wish is not None or in_name:
            raise NotAllowed(_("You are not in this network, or no longer."))
        return None
    place = mine.get(wish or 0)
    if wish is not None and (place is None or not place.is_open):
        has_chosen, place = chosen(topic_id, author)
        if not has_chosen:
            raise NotAllowed(_("You are not in this network, or no longer."))
    else:
        wished = place.network_id if place else None
        ((settled,),) = select(_SETTLE, topic=topic_id, member=author.pk, network=wished)
        place = mine.get(settled or 0)
    if in_name and not (place and place.speaks):
        raise NotAllowed(_("Only its spokespersons and coordinators speak in a network's name."))
    return place.network_id if place and place.is_open else None
