"""Answers of many people at once: each opens her ballot as on the site, what they say is written together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce

from accounts.models import Member
from forums.demo.clock import clock_at
from forums.groups.memberships.models import forget_roles
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.actions import choose_network
from forums.knowledge.voting.models import Answered, Ballot, Round, StatementVote

BETWEEN = timedelta(seconds=9)  # two cards


@dataclass(frozen=True, slots=True)
class SaidBallot:
    """What one person answers, from `at` on, a card after the other."""

    member: Member
    network: int
    at: datetime
    said: Sequence[tuple[Statement, Answered, bool]]  # and whether it matters to her


def cast(round_: Round, ballots: Sequence[SaidBallot]) -> None:
    """Whether she may vote, and whether she counts, `choose_network` says of each. Vote by vote through `voting.actions.vote`
    it would be the same rows, and half of the time the whole demo takes: what that locks against, nobody is here to do."""
    votes, opened = list[StatementVote](), list[Ballot]()
    for each in ballots:
        forget_roles(each.member)
        with clock_at(each.at):
            ballot = choose_network(member=each.member, round_=round_, network_id=each.network)
        ballot.answered = len(each.said)
        ballot.last_at = each.at + (len(each.said) - 1) * BETWEEN
        opened.append(ballot)
        votes += [
            StatementVote(
                ballot=ballot,
                statement=statement,
                vote=choice,
                important=important,
                cast_at=each.at + place * BETWEEN,
            )
            for place, (statement, choice, important) in enumerate(each.said)
        ]
    StatementVote.objects.bulk_create(votes)
    Ballot.objects.bulk_update(opened, ["answered", "last_at"])
    for statement in {vote.statement_id for vote in votes}:
        here = [vote for vote in votes if vote.statement_id == statement]
        Statement.objects.filter(pk=statement).update(
            answered=F("answered") + len(here),
            voted_at=Coalesce("voted_at", min(vote.cast_at for vote in here)),
        )
