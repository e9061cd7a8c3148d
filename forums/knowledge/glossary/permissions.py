"""Who says what a word means to a network."""

from typing import Any

from accounts.silence import may_write
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.discussions.topics.permissions import is_kept
from forums.groups.memberships.models import MyNetwork, roles_of


def spoken_for(member: Any, topic: Topic) -> list[MyNetwork]:
    """The networks in whose name `member` may say it here: where she speaks for one that takes part, or whose board it is.

    The topic's board is loaded. One query at most.
    """
    if not (member.is_authenticated and topic.is_shown and may_write(member)) or is_kept(topic):
        return []
    mine = {pk: place for pk, place in roles_of(member).items() if place.speaks and place.is_open}
    if not mine:
        return []
    joined = TopicNetwork.objects.filter(topic=topic.pk, network__in=mine, state=State.JOINED)
    here = {*joined.values_list("network_id", flat=True), topic.board.network_id}
    return [place for pk, place in mine.items() if pk in here]
