"""Who may say what another network thinks, and whose people say how well it fits. A topic's board is loaded."""

from typing import Any

from accounts.models import TrustLevel
from accounts.silence import may_write
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import is_kept
from forums.groups.memberships.models import Membership, roles_of
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.voting.permissions import MEMBER_FOR, networks_for


def may_portray_here(member: Any, topic: Topic) -> bool:
    """Whoever is in a network that takes part here; of which networks, `can_portray` says."""
    return (
        bool(member.is_authenticated)
        and may_write(member)
        and topic.is_shown
        and not is_kept(topic)
        and bool(networks_for(member, topic))
    )


def can_portray(member: Any, topic: Topic, target_id: int) -> bool:
    """Of another network than her own."""
    return target_id not in roles_of(member) and may_portray_here(member, topic)


def can_judge(member: Any, portrayal: Portrayal) -> bool:
    """Who was in the network a week before it was written, and is known here; neither of the two who wrote. Its topic and
    `against` are loaded."""
    topic = portrayal.topic
    if not (member.is_authenticated and may_write(member) and topic.is_shown) or is_kept(topic):
        return False
    if member.trust_level < TrustLevel.KNOWN:
        return False
    if member.pk in (portrayal.author_id, portrayal.against.author_id):
        return False
    since = portrayal.created_at - MEMBER_FOR
    place = roles_of(member).get(portrayal.target_id)
    return (
        place is not None
        and place.is_open
        and Membership.objects.filter(
            member=member, network=portrayal.target_id, joined_at__lte=since
        ).exists()
    )
