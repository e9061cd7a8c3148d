"""Statements, rounds and people of networks, as tests want them."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.models import Member
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.memberships.models import Membership, forget_roles
from forums.groups.networks.models import Network
from forums.knowledge.results.actions import publish
from forums.knowledge.statements.actions import accept, propose
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.actions import close_round, open_round
from forums.knowledge.voting.models import Ballot, Round, StatementVote
from tests.make import join, make_member, make_network, make_topic

_count = count(1)


def steward() -> Member:
    return make_member(trust_level=3)


def make_statement(
    topic: Topic, author: Member | None = None, body: str = "", *, looked: bool = True, **said
) -> Statement:
    """Put to the vote, unless not `looked` at yet."""
    author = author or make_member(trust_level=1)
    body = body or f"ทุกบ้านควรมีถังเก็บน้ำฝน {next(_count)} ใบ"
    made = propose(author=author, topic=topic, body=body, **said)
    return accept(member=steward(), statement=made) if looked else made


def make_round(topic: Topic, *, days: int = 7, opened_days_ago: float = 0) -> Round:
    round_ = open_round(member=steward(), topic=topic, lasts=timedelta(days=days))
    if opened_days_ago:
        back = timedelta(days=opened_days_ago)
        Round.objects.filter(pk=round_.pk).update(
            opened_at=round_.opened_at - back, closes_at=round_.closes_at - back
        )
        round_.refresh_from_db()
    return round_


def network_in(topic: Topic, name: str = "") -> Network:
    """A network that takes part in `topic`."""
    network = make_network(name)
    TopicNetwork.objects.update_or_create(
        topic=topic, network=network, defaults={"state": State.JOINED, "first_at": timezone.now()}
    )
    return network


def member_of(*networks: Network, days: float = 30, level: int = 1) -> Member:
    """Somebody known, for so many days in these networks."""
    member = make_member(trust_level=level)
    for network in networks:
        join(network, member)
    joined = timezone.now() - timedelta(days=days)
    Membership.objects.filter(member=member).update(joined_at=joined)
    forget_roles(member)
    return member


def ballot_of(
    round_: Round, network: Network | None, answers: dict[Statement, int], **said
) -> Ballot:
    """A ballot as it lies in the table; votes through the form are `voting.actions.vote`."""
    said = {"counts": network is not None, "answered": len(answers), **said}
    ballot = Ballot.objects.create(
        round=round_, member=make_member(trust_level=1), network=network, **said
    )
    StatementVote.objects.bulk_create(
        StatementVote(ballot=ballot, statement=statement, vote=vote)
        for statement, vote in answers.items()
    )
    return ballot


def say(
    round_: Round,
    network: Network,
    statement: Statement,
    agree: int,
    disagree: int,
    passed: int = 0,
) -> list[Ballot]:
    """So many new people of a network on one statement."""
    votes = [1] * agree + [-1] * disagree + [0] * passed
    return [ballot_of(round_, network, {statement: vote}) for vote in votes]


def told_round(*, over: bool = True) -> tuple[Topic, Round, list[Network]]:
    """Two networks of ten who answered six statements; published."""
    topic = make_topic()
    statements = [make_statement(topic) for _ in range(6)]
    networks = [network_in(topic), network_in(topic)]
    round_ = make_round(topic)
    for side, network in enumerate(networks):
        for person in range(10):
            votes = {
                statement: 1 if (person + at + 3 * side) % 10 < 6 else -1
                for at, statement in enumerate(statements)
            }
            ballot_of(round_, network, votes)
    if over:
        round_ = close_round(member=steward(), round_=round_)
    publish(round_=round_)
    topic.refresh_from_db()
    return topic, round_, networks
