"""The one door to what came of votes: every page, feed, mail, export and wing to the right asks here."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models.functions import Coalesce

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.voting.models import Ballot, Round
from forums.knowledge.voting.permissions import is_open, sees_results


@dataclass(frozen=True, slots=True)
class ResultsAccess:
    """How a reader stands to the votes of a topic. `round`: the newest; `ballot`: hers in it; None: none.

    While a round is open, she reads results, of it and of those before, once she has answered enough in it.
    """

    topic: Topic
    round: Round | None
    ballot: Ballot | None

    @property
    def is_open(self) -> bool:
        """Can one vote now?"""
        return self.round is not None and is_open(self.round)

    @property
    def may_see(self) -> bool:
        return self.round is not None and sees_results(
            self.round, self.ballot, statements=self.topic.statement_count
        )


def access_to(topic: Topic, member: Any) -> ResultsAccess:
    """How `member`, who may read `topic`, stands to its votes: two queries at most, none where nothing was put to the
    vote."""
    if not topic.statement_count:
        return ResultsAccess(topic, None, None)
    newest = Round.objects.filter(topic=topic.pk).order_by("-number").first()
    if newest is None or not member.is_authenticated:
        return ResultsAccess(topic, newest, None)
    return ResultsAccess(topic, newest, Ballot.objects.filter(round=newest, member=member).first())


def figures_for(access: ResultsAccess, *, number: int | None = None) -> RoundFigures | None:
    """What was published last of the newest round, or of round `number`; None where she may not see it yet, or
    nothing was."""
    if not access.may_see or access.round is None:
        return None
    wanted = access.round.number if number is None else number
    told = PublishedResults.objects.filter(
        round__topic=access.topic.pk, round__number=wanted
    ).values_list("pk", "computed_at")
    found = told.first()
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
