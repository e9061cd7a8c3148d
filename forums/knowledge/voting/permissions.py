"""Who may vote, open and close a round, and see what came of it."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import TrustLevel
from accounts.silence import may_write
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.memberships.models import Membership, roles_of
from forums.knowledge.statements.permissions import can_look
from forums.knowledge.voting.models import Ballot, Round

# Who joins to vote has not been there so long.
MEMBER_FOR = timedelta(days=7)
# Own answers before others' are shown; all, where there are fewer statements.
OWN_FIRST = 5


def is_open(round_: Round, *, at: datetime | None = None) -> bool:
    return round_.closed_at is None and (at or timezone.now()) < round_.closes_at


def can_vote(member: Any, topic: Topic) -> bool:
    """Whoever reads the topic and may write at all; also in one that is closed to replies."""
    return bool(member.is_authenticated) and may_write(member) and topic.is_shown


def can_open(member: Any, topic: Topic) -> bool:
    """Who decides what is put to the vote says when."""
    return can_look(member, topic)


def networks_for(member: Any, topic: Topic) -> list[int]:
    """For which networks she may vote here: hers that take part in the topic, in dictionary order of their names."""
    mine = [pk for pk, place in roles_of(member).items() if place.is_open]
    if not mine:
        return []
    here = set(
        TopicNetwork.objects.filter(
            topic=topic.pk, network__in=mine, state__in=(State.JOINED, State.PRESENT)
        ).values_list("network_id", flat=True)
    )
    return [pk for pk in mine if pk in here or pk == topic.board.network_id]


def counts_for(member: Any, network_id: int | None, round_: Round) -> bool:
    """Does her ballot count in this round? Settled by when it opened: in the network for a week, and known here."""
    if network_id is None or member.trust_level < TrustLevel.KNOWN:
        return False
    since = round_.opened_at - MEMBER_FOR
    return Membership.objects.filter(
        member=member, network=network_id, joined_at__lte=since
    ).exists()


def sees_results(round_: Round, ballot: Ballot | None, *, statements: int) -> bool:
    """Whether results may be told: of a closed round to everybody, of an open one to who answered enough herself."""
    if not is_open(round_):
        return True
    return ballot is not None and ballot.answered >= min(OWN_FIRST, statements) > 0
