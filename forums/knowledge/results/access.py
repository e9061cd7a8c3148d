"""The one door to what came of votes: every page, feed, mail, export and wing to the right asks here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models.functions import Coalesce

from accounts.models import Member
from forums.base.constant_sql import select
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.voting.models import BALLOT, ROUND, Ballot, Round
from forums.knowledge.voting.permissions import is_open, sees_results


@dataclass(frozen=True, slots=True)
class ResultsAccess:
    """How a reader stands to the votes of a topic. `round`: the newest; `ballot`: hers in it; None: none; `votes`: hers,
    by statement (id); `told_at`: when what is told of the round was computed last.

    While a round is open, she reads results, of it and of those before, once she has answered enough in it.
    """

    topic: Topic
    round: Round | None
    ballot: Ballot | None
    votes: Mapping[int, int] = field(default_factory=dict)
    told_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Can one vote now?"""
        return self.round is not None and is_open(self.round)

    @property
    def may_see(self) -> bool:
        return self.round is not None and sees_results(
            self.round, self.ballot, statements=self.topic.statement_count
        )


_NEWEST = f"""
    SELECT p.computed_at, v.statements, v.answers, {ROUND.text}, {BALLOT.text}
    FROM forums_round r
        LEFT JOIN forums_publishedresults p ON p.round_id = r.id
        LEFT JOIN forums_ballot b ON b.round_id = r.id AND b.member_id = %(me)s
        LEFT JOIN LATERAL (
            SELECT array_agg(v.statement_id) AS statements, array_agg(v.vote) AS answers
            FROM forums_statementvote v WHERE v.ballot_id = b.id
        ) v ON true
    WHERE r.topic_id = %(topic)s ORDER BY r.number DESC LIMIT 1
"""  # noqa: S608 - made of constants


def access_to(topic: Topic, member: Any) -> ResultsAccess:
    """How `member`, who may read `topic`, stands to its votes: one query, none where nothing was put to the vote."""
    me = member.pk if member.is_authenticated else 0
    found = select(_NEWEST, topic=topic.pk, me=me) if topic.statement_count else []
    if not found:
        return ResultsAccess(topic, None, None)
    told_at, statements, answers, *columns = found[0]
    newest = ROUND.made(columns[: len(ROUND)])
    if columns[len(ROUND)] is None:
        return ResultsAccess(topic, newest, None, told_at=told_at)
    ballot = BALLOT.made(columns[len(ROUND) :])
    votes = dict(zip(statements or (), answers or (), strict=True))
    return ResultsAccess(topic, newest, ballot, votes, told_at)


def figures_for(access: ResultsAccess, *, number: int | None = None) -> RoundFigures | None:
    """What was published last of the newest round, or of round `number`; None where she may not see it yet, or
    nothing was."""
    if not access.may_see or access.round is None:
        return None
    if number is None or number == access.round.number:
        return _told_at(access.round.pk, access.told_at) if access.told_at else None
    earlier = PublishedResults.objects.filter(round__topic=access.topic.pk, round__number=number)
    found = earlier.values_list("pk", "computed_at").first()
    return _told_at(*found) if found else None


@lru_cache(maxsize=32)
def _told_at(round_id: int, _computed_at: datetime) -> RoundFigures:
    """What was published then, kept by the process: it is the same for all who may read it, and to read the eight
    thousand shares of two hundred statements takes as long as all else of a page."""
    stored = PublishedResults.objects.values_list("figures", flat=True).get(pk=round_id)
    return RoundFigures.from_json(stored)


@dataclass(frozen=True, slots=True)
class DealtRound:
    """What an export of a round that is over is made of."""

    number: int
    closed_at: datetime
    dealt: dict[str, Any]


def dealt_for(access: ResultsAccess, *, number: int | None = None) -> DealtRound | None:
    """Of the newest round that is over, or of round `number`; None where she may not see it, or there is none."""
    if not access.may_see:
        return None
    found = Round.objects.filter(topic=access.topic.pk, published__dealt__isnull=False)
    if number is not None:
        found = found.filter(number=number)
    row = found.order_by("-number").values_list(
        "number", Coalesce("closed_at", "closes_at"), "published__dealt"
    )
    first = row.first()
    return DealtRound(*first) if first else None


def repeated_in(topic_id: int) -> list[tuple[Network, list[Member]]]:
    """Whose ballots in the newest round are alike and came within an hour, for moderators: three queries, no answers."""
    course = PublishedResults.objects.filter(round__topic=topic_id).order_by("-round__number")
    repeated = course.values_list("course__repeated", flat=True).first() or []
    networks = Network.objects.in_bulk([network for network, _ballots in repeated])
    ballots = Ballot.objects.select_related("member").in_bulk(
        [ballot for _network, some in repeated for ballot in some]
    )
    return [
        (networks[network], [ballots[each].member for each in some if each in ballots])
        for network, some in repeated
    ]
