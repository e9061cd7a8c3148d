"""What the pages of voting read: the newest round, a card, how far she is, how she counts."""

from dataclasses import dataclass
from typing import Any

from forums.base.constant_sql import select
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import MyNetwork, roles_of
from forums.knowledge.statements.models import STATEMENT, STATEMENT_OPEN, Statement
from forums.knowledge.voting.models import BALLOT, ROUND, Ballot, Round, StatementVote
from forums.knowledge.voting.permissions import (
    BallotStanding,
    enough,
    networks_for,
    standing_for,
    standings,
)


@dataclass(frozen=True, slots=True)
class VotingCard:
    """One statement to answer. `answer`: hers as it is now; `last`: what she answered last elsewhere, to change it."""

    statement: Statement
    answer: StatementVote | None
    last: StatementVote | None


@dataclass(frozen=True, slots=True)
class Steps:
    """How far she is: `answered` of the `needed` before she sees results, so many are `left` to answer."""

    answered: int
    needed: int
    left: int

    @property
    def beads(self) -> list[bool]:
        """One for each answer that is needed; True: given."""
        return [place < self.answered for place in range(self.needed)]

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.answered)


@dataclass(frozen=True, slots=True)
class Counting:
    """For whom she counts in a round (None: for nobody); `places`: her networks that take part, and how she would
    count there."""

    network: MyNetwork | None
    standing: BallotStanding
    places: list[tuple[MyNetwork, BallotStanding]]
    settled: bool

    @property
    def asks(self) -> bool:
        """Is she to say for whom, with her first answer?"""
        return not self.settled and len(self.places) > 1

    @property
    def may_choose(self) -> bool:
        """Is there anything to choose, once she has answered?"""
        return bool(self.places) or self.standing is BallotStanding.LEFT


_FOR_NOBODY = (None, BallotStanding.NO_NETWORK)


# Asked with each answer.
_NEWEST = f"""
    SELECT {ROUND.text}, {BALLOT.text} FROM forums_round r
        LEFT JOIN forums_ballot b ON b.round_id = r.id AND b.member_id = %(me)s
    WHERE r.topic_id = %(topic)s ORDER BY r.number DESC LIMIT 1
"""  # noqa: S608 - made of constants


def newest_with(topic_id: int, member: Any) -> tuple[Round | None, Ballot | None]:
    """The round that is open, or was last, and hers in it: one query."""
    me = member.pk if member.is_authenticated else 0
    found = select(_NEWEST, topic=topic_id, me=me)
    if not found:
        return None, None
    round_, hers = found[0][: len(ROUND)], found[0][len(ROUND) :]
    return ROUND.made(round_), BALLOT.made(hers) if hers[0] is not None else None


_ASKED = f"""
    SELECT {STATEMENT.text} FROM forums_statement s
    WHERE s.topic_id = %(topic)s AND s.number = %(number)s AND {STATEMENT_OPEN.sql}
"""  # noqa: S608 - made of constants


def statement_asked(topic_id: int, number: int) -> Statement | None:
    """The open statement of this number, if there is one."""
    found = select(_ASKED, topic=topic_id, number=number)
    return STATEMENT.made(found[0]) if found else None


def newest_round(topic_id: int) -> Round | None:
    """The one that is open, or was last."""
    return Round.objects.filter(topic=topic_id).order_by("-number").first()


def card_of(topic: Topic, number: int, ballot: Ballot | None) -> VotingCard | None:
    """The card of an open statement; None where there is none. Three queries at most."""
    found = statement_asked(topic.pk, number)
    if found is None or ballot is None:
        return VotingCard(found, None, None) if found else None
    hers = StatementVote.objects.filter(ballot=ballot)
    last = hers.exclude(statement=found).select_related("statement").order_by("-cast_at", "-pk")
    return VotingCard(found, hers.filter(statement=found).first(), last.first())


def steps_of(topic: Topic, ballot: Ballot | None) -> Steps:
    """One query, of at most 200 statements; none before she has answered any."""
    needed = enough(topic.statement_count)
    if ballot is None:
        return Steps(0, needed, topic.statement_count)
    done = StatementVote.objects.filter(ballot=ballot).values("statement_id")
    left = Statement.objects.open().filter(topic=topic.pk).exclude(pk__in=done).count()
    return Steps(ballot.answered, needed, left)


def has_left(member: Any, ballot: Ballot) -> bool:
    """Is she no longer in the network for which she counts? Then she says first for whom she goes on."""
    return ballot.network_id is not None and ballot.network_id not in roles_of(member)


def counted(topic: Topic, member: Any, round_: Round, ballot: Ballot | None) -> Counting:
    """How she counts; before her first answer, how she will. Three queries at most."""
    mine = roles_of(member)
    may = standings(member, networks_for(member, topic), round_)
    places = [(mine[pk], standing) for pk, standing in may.items()]
    if ballot is None:
        network, standing = places[0] if len(places) == 1 else _FOR_NOBODY
        return Counting(network, standing, places, settled=False)
    if has_left(member, ballot):
        return Counting(None, BallotStanding.LEFT, places, settled=True)
    network = mine.get(ballot.network_id) if ballot.network_id else None
    if ballot.counts:
        return Counting(network, BallotStanding.COUNTS, places, settled=True)
    standing = standing_for(member, ballot.network_id, round_)
    if standing is BallotStanding.COUNTS:  # with her next answer, not yet
        standing = BallotStanding.NEWCOMER
    return Counting(network, standing, places, settled=True)
