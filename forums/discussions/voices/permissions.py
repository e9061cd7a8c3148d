"""Who may bring a network into a topic, take it off a page, or write a network's view."""

from typing import Any

from forums.discussions.boards.models import Access
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.memberships.models import SPEAKS, Role, role_in, roles_of
from forums.groups.memberships.permissions import can_moderate_in


def is_shared(topic: Topic) -> bool:
    """May other networks come to this topic? Only to one everyone may read. Its board is loaded."""
    return topic.is_shown and topic.board.read_level == Access.EVERYONE


def can_answer_for(member: Any, topic: Topic) -> bool:
    """Answers for the topic: whoever started it, and who speaks for the network whose board it is in."""
    if not (member.is_authenticated and member.is_active):
        return False
    host = roles_of(member).get(topic.board.network_id or 0)
    return topic.author_id == member.pk or bool(host and host.speaks)


def can_invite(member: Any, topic: Topic) -> bool:
    """Who answers for the topic invites, and who speaks for a network that takes part already."""
    if not is_shared(topic):
        return False
    if can_answer_for(member, topic):
        return True
    mine = [pk for pk, place in roles_of(member).items() if place.speaks]
    return bool(mine) and takes_part(topic.pk, mine)


def takes_part(topic_id: int, network_ids: list[int]) -> bool:
    """Does one of these networks take part in the topic? (In its own boards a network always does.)"""
    return TopicNetwork.objects.filter(
        topic=topic_id, network__in=network_ids, state=State.JOINED
    ).exists()


def can_set_view(member: Any, topic: Topic, network_id: int) -> bool:
    """Her network's view is set by its spokespersons and coordinators, where the network takes part."""
    place = roles_of(member).get(network_id)
    if place is None or place.role not in SPEAKS or not place.is_open or not topic.is_shown:
        return False
    return topic.board.network_id == network_id or takes_part(topic.pk, [network_id])


def can_close_view(member: Any, topic: Topic, network_id: int) -> bool:
    """Old versions of a view are closed, and read then, by the network's coordinators and by who moderates where the
    topic stands."""
    mine = member.is_authenticated and member.is_active
    coordinates = mine and role_in(member, network_id) == Role.COORDINATOR
    return coordinates or can_moderate_in(member, topic.board.network_id)
