"""Which networks a poll of a topic may ask."""

from typing import TYPE_CHECKING

from django.db.models import Q

from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import Network

if TYPE_CHECKING:
    from accounts.models import Member

MOST_NAMED = 40


def may_be_asked(member: "Member", topic: Topic) -> list[Network]:
    """Those that take part in the topic, the one in whose board it stands, and her own; by name."""
    here = TopicNetwork.objects.filter(topic=topic, state__in=(State.PRESENT, State.JOINED))
    mine = [pk for pk, place in roles_of(member).items() if place.is_open]
    near = Q(pk__in=here.values("network")) | Q(pk=topic.board.network_id) | Q(pk__in=mine)
    found = Network.objects.visible_to(member).filter(near, archived_at=None)
    return list(found.order_by("sort_key", "pk")[:MOST_NAMED])
