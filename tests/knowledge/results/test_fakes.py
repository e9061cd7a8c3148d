"""Strangers sent into one camp, a twentieth of all who voted, in the tables themselves: what Pol.is's formula would let them
lift (its own published votes: 1, 3 and 22 statements of three conversations), they do not lift here."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.knowledge.opinions import groups as opinion_groups
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.opinions.votes import CODES
from forums.knowledge.results.actions import publish
from forums.knowledge.results.figures import RoundFigures
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import Ballot, Round, StatementVote
from tests.knowledge.common_ground.told import many
from tests.knowledge.making import make_round, network_in
from tests.knowledge.opinions.conversations import published
from tests.make import make_member, make_topic

pytestmark = pytest.mark.django_db
VOTES = {code: int(vote) for vote, code in CODES.items()}
DAY = timedelta(hours=25)  # a mark appears after one


@dataclass
class Conversation:
    """A published one as it would lie in the tables: its groups are networks, all in them count."""

    round: Round
    statements: list[Statement]
    networks: list
    people: int


def laid(name: str) -> Conversation:
    of = published(name).conversation
    found = opinion_groups.find(of.votes, left_out=of.refused, counted=of.counted)
    topic = make_topic()
    many(topic, len(of.votes.statements))
    statements = list(Statement.objects.order_by("number"))
    networks = [network_in(topic) for _ in range(found.count)]
    round_ = make_round(topic, days=60, opened_days_ago=10)
    nobody = [make_member() for _ in found.of]
    ballots = Ballot.objects.bulk_create(
        Ballot(round=round_, member=member, network=networks[group], counts=True, answered=1)
        for member, group in zip(nobody, found.of.values(), strict=True)
    )
    rows = {of.votes.people[index]: row for index, row in enumerate(of.votes.ballots)}
    StatementVote.objects.bulk_create(
        StatementVote(ballot=ballot, statement=statement, vote=VOTES[code])
        for ballot, person in zip(ballots, found.of, strict=True)
        for statement, code in zip(statements, rows[person], strict=True)
        if code
    )
    return Conversation(round_, statements, networks, len(ballots))


def told_after_a_day(round_: Round, *, since: timedelta = timedelta()) -> RoundFigures:
    """With the marks that have fallen due: computed once, and a day later."""
    publish(round_=round_, now=timezone.now() + since)
    return publish(round_=round_, now=timezone.now() + since + DAY)


def shared(told: RoundFigures) -> set[int]:
    return {each.statement for each in told.found(Finding.SHARED)}


@pytest.mark.parametrize("name", ["scoop-hivemind.freshwater", "brexit-consensus"])
def test_of_five_in_a_hundred_sent_into_one_network_none_lifts_anything(name):
    there = laid(name)
    honest = told_after_a_day(there.round)
    sent = there.people // 20
    fakes = Ballot.objects.bulk_create(
        Ballot(
            round=there.round, member=make_member(), network=there.networks[0], counts=False, answered=1,
            first_at=timezone.now() - timedelta(days=at), last_at=timezone.now() - timedelta(days=at),
        )
        for at in range(sent)
    )  # fmt: skip
    StatementVote.objects.bulk_create(
        StatementVote(ballot=fake, statement=statement, vote=1)
        for fake in fakes
        for statement in there.statements
    )
    lifted_somewhere = set()
    for network in there.networks:
        Ballot.objects.filter(pk__in=[each.pk for each in fakes]).update(
            network=network, counts=False
        )
        PublishedResults.objects.all().delete()
        frozen = told_after_a_day(there.round)
        assert replace(frozen, apart=0) == replace(honest, apart=0, statements=frozen.statements)
        assert [_plain(each) for each in frozen.statements] == [
            _plain(each) for each in honest.statements
        ]
        # Were who counts not settled when the round opened: they lift some, and none of those is firm.
        Ballot.objects.filter(pk__in=[each.pk for each in fakes]).update(counts=True)
        PublishedResults.objects.all().delete()
        open_ = told_after_a_day(there.round)
        lifted = (shared(open_) - shared(honest)) | (set(open_.shown) - set(honest.shown))
        lifted_somewhere |= lifted
        assert [each for each in lifted if open_.of(each).mark == "firm"] == []
    assert lifted_somewhere


def _plain(each):
    """All of it but when: that is of the clock."""
    return replace(each, marked_at="", due_at="")
