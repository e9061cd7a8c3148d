"""Who may vote, open and close a round, and see what came of it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.utils import timezone

from accounts.models import TrustLevel
from accounts.silence import may_write
from forums.base.constant_sql import select
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.discussions.topics.permissions import is_kept
from forums.groups.memberships.models import roles_of
from forums.knowledge.statements.permissions import can_look
from forums.knowledge.voting.models import Ballot, Round

# Who joins to vote has not been there so long.
MEMBER_FOR = timedelta(days=7)
# Own answers before others' are shown; all, where there are fewer statements.
OWN_FIRST = 5


def is_open(round_: Round, *, at: datetime | None = None) -> bool:
    return round_.closed_at is None and (at or timezone.now()) < round_.closes_at


def can_vote(member: Any, topic: Topic) -> bool:
    """Whoever reads the topic and may write at all; also in one that is closed to replies, but not in one that is kept."""
    if not (member.is_authenticated and may_write(member)):
        return False
    return topic.is_shown and not is_kept(topic)


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


class BallotStanding(Enum):
    """Why a ballot counts in a round, or is shown apart."""

    COUNTS = "counts"
    NEWCOMER = "newcomer"  # not known here yet
    JOINED_LATE = "late"  # in the network for less than a week when the round opened
    NO_NETWORK = "none"  # she speaks for none that takes part
    LEFT = "left"  # she spoke for one, and does no longer: what she said until then is counted as it was


# Asked with each answer of a ballot that stands apart.
_THERE = """
    SELECT network_id FROM forums_membership
    WHERE member_id = %(me)s AND network_id = ANY(%(networks)s::bigint[]) AND joined_at <= %(since)s
"""


def standings(member: Any, networks: Collection[int], round_: Round) -> dict[int, BallotStanding]:
    """How her ballot would stand, for each of these networks. Settled by when the round opened, but for whether she is
    known here: that is asked now. One query at most."""
    if member.trust_level < TrustLevel.KNOWN:
        return dict.fromkeys(networks, BallotStanding.NEWCOMER)
    if not networks:
        return {}
    since = round_.opened_at - MEMBER_FOR
    long = {pk for (pk,) in select(_THERE, me=member.pk, networks=[*networks], since=since)}
    return {
        pk: BallotStanding.COUNTS if pk in long else BallotStanding.JOINED_LATE for pk in networks
    }


def standing_for(member: Any, network_id: int | None, round_: Round) -> BallotStanding:
    """The same for one network, or none."""
    if network_id is None:
        return BallotStanding.NO_NETWORK
    return standings(member, [network_id], round_)[network_id]


def counts_for(member: Any, network_id: int | None, round_: Round) -> bool:
    """Does her ballot count in this round?"""
    return standing_for(member, network_id, round_) is BallotStanding.COUNTS


def enough(statements: int) -> int:
    """After how many own answers results are told, where so many statements are put to the vote."""
    return min(OWN_FIRST, statements)


def sees_results(round_: Round, ballot: Ballot | None, *, statements: int) -> bool:
    """Whether results may be told: of a closed round to everybody, of an open one to who answered enough herself."""
    if not is_open(round_):
        return True
    return ballot is not None and ballot.answered >= enough(statements) > 0
