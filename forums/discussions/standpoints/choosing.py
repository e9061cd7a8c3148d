"""From where a member speaks in a topic: asked with each text, offered as she said it before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.utils.translation import gettext as _

from forums.base.constant_sql import select, write_each
from forums.base.errors import NotAllowed
from forums.groups.memberships.models import MyNetwork, roles_of

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.discussions.topics.models import Topic

MYSELF = 0  # stands for no network, where None says that nothing was answered
_NAME = "-name"


class Spoken(NamedTuple):
    """An answer: as herself, as a member of a network (its id), or `in_name`: for the network."""

    speak_from: int
    in_name: bool = False

    @classmethod
    def read(cls, value: str) -> Self:
        """What a form sent: `str` the other way round. Raises ValueError."""
        return cls(int(value.removesuffix(_NAME)), value.endswith(_NAME))

    def __str__(self) -> str:
        return f"{self.speak_from}{_NAME if self.in_name else ''}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a form asks: `places` to choose from; `before` is what she said last in this topic."""

    places: tuple[MyNetwork, ...] = ()
    before: Spoken | None = None


def choice(member: Any, *, topic_id: int | None = None, host: int | None = None) -> Choice:
    """From where `member` may speak, in a topic or (None) in one she is about to start.

    The network whose board it is, `host`, stands first where she is in it.
    """
    places = _places(member, host)
    said = select(_SAID, topic=topic_id, member=member.pk) if places and topic_id else None
    return Choice(places, _before(said[0], member) if said else None)


def choice_in(topic: "Topic", member: Any) -> Choice:
    """The same in a topic that `topics.loading.topic_at` found, which knows what she said: no query."""
    places, said = _places(member, topic.board.network_id), topic.known["said"]
    return Choice(places, _before(said, member) if places and said else None)


_SAID = """
    SELECT network_id, in_name FROM forums_standpoint
    WHERE topic_id = %(topic)s AND member_id = %(member)s
"""
# The same, as it is asked with the topic.
SAID_IN_TOPIC = """
    (SELECT ARRAY[s.network_id, s.in_name::int] FROM forums_standpoint s
     WHERE s.topic_id = t.id AND s.member_id = %(me)s)
"""


def _places(member: Any, host: int | None) -> tuple[MyNetwork, ...]:
    places = [place for place in roles_of(member).values() if place.is_open]
    return tuple(sorted(places, key=lambda place: place.network_id != host))


def _before(said: Sequence[Any], member: "Member") -> Spoken | None:
    """What `member` said last in a topic, a network and whether in its name; None for what she could not say now."""
    network_id, in_name = said
    place = roles_of(member).get(network_id)
    if network_id and not (place and place.is_open and (place.speaks or not in_name)):
        return None
    return Spoken(network_id or MYSELF, bool(in_name))


# What she says now is what she is offered next time; posts keep what was said with them.
_SAY = """
    INSERT INTO forums_standpoint (topic_id, member_id, network_id, in_name)
    VALUES (%(topic)s, %(member)s, %(network)s::bigint, %(in_name)s)
    ON CONFLICT (topic_id, member_id) DO UPDATE
        SET network_id = EXCLUDED.network_id, in_name = EXCLUDED.in_name
        WHERE (forums_standpoint.network_id, forums_standpoint.in_name)
            IS DISTINCT FROM (EXCLUDED.network_id, EXCLUDED.in_name)
"""
_AS_BEFORE = """
    WITH there AS (
        SELECT network_id FROM forums_standpoint WHERE topic_id = %(topic)s AND member_id = %(member)s
    ), new AS (
        INSERT INTO forums_standpoint (topic_id, member_id)
        SELECT %(topic)s, %(member)s WHERE NOT EXISTS (SELECT FROM there)
        RETURNING network_id
    )
    SELECT network_id FROM there UNION ALL SELECT network_id FROM new
"""


def settle(
    topic_id: int, author: "Member", *, speak_from: int | None, in_name: bool = False
) -> int | None:
    """The network (id) that `author` speaks from with this post of the topic, None for as herself.

    `speak_from` is a network's id or MYSELF; None says nothing: as before in this topic, else herself.
    `in_name`: she wants to speak in the network's name. Call with her lock held
    (forums.base.rate_limits). Raises NotAllowed for a network she is not in, and for a name she may
    not speak in.
    """
    mine = roles_of(author)
    who = {"topic": topic_id, "member": author.pk}
    says = speak_from is not None
    if mine and not says:
        ((speak_from,),) = select(_AS_BEFORE, **who)
    place = mine.get(speak_from or MYSELF)
    if place and not place.is_open:
        place = None
    if says and speak_from and place is None:
        raise NotAllowed(_("You are not in this network, or no longer."))
    if in_name and not (place and place.speaks):
        raise NotAllowed(_("Only its spokespersons and coordinators speak in a network's name."))
    if mine and says:
        write_each(_SAY, [{**who, "network": speak_from or None, "in_name": in_name}])
    return place.network_id if place else None
