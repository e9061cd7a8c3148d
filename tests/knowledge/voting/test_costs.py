"""What a vote costs, where there is much to vote on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.discussions.topics.models import Topic
from forums.knowledge.statements.models import Statement
from forums.knowledge.statements.wording import key_of
from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from tests.knowledge.making import (
    ballot_of,
    make_round,
    make_statement,
    member_of,
    network_in,
)
from tests.make import make_topic
from tests.timing import assert_quick

STATEMENTS = 200
VOTE = 0.008  # seconds of the processor


QUERIES = 17  # of the whole request: signed in, paced, voted, and which card comes next


def put_to_the_vote(topic: Topic, count: int) -> list[Statement]:
    """So many, of which the counts are kept as if each had been sent and looked at."""
    first = make_statement(topic)
    said = {"topic": topic, "author": first.author, "looked_at": first.looked_at}
    bodies = [f"ข้อที่ {number} ควรทำก่อน" for number in range(2, count + 1)]
    Statement.objects.bulk_create(
        Statement(number=number, body=body, key=key_of(body), looked_by=first.looked_by, **said)
        for number, body in enumerate(bodies, 2)
    )
    Topic.objects.filter(pk=topic.pk).update(statement_count=count)
    return list(Statement.objects.filter(topic=topic).order_by("number"))


@pytest.mark.django_db
def test_a_vote_takes_less_than_eight_milliseconds(malee):
    topic = make_topic(malee)
    network = network_in(topic)
    statements = put_to_the_vote(topic, STATEMENTS)
    round_ = make_round(topic)
    voters = iter([member_of(network) for _try in range(6)])

    def answer_all() -> None:
        member = next(voters)
        for statement in statements:
            vote(member=member, round_=round_, statement=statement, choice=Answered.AGREE)

    assert len(statements) == STATEMENTS
    assert_quick(answer_all, within=STATEMENTS * VOTE)


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "voters"), [(8, 0), (60, 40)])
def test_sending_an_answer_asks_as_much_however_many_have_answered_how_much(
    as_, malee, count, voters
):
    topic = make_topic(malee)
    network = network_in(topic)
    statements = put_to_the_vote(topic, count)
    round_ = make_round(topic)
    for _each in range(voters):
        ballot_of(round_, network, dict.fromkeys(statements, 1))
    client, here = as_(member_of(network)), f"/t/{topic.pk}/common/vote/?s="
    client.post(f"{here}1", {"vote": "1"})
    with CaptureQueriesContext(connection) as asked:
        sent = client.post(f"{here}2", {"vote": "0"})
    assert sent.url.startswith(here)
    assert len(asked) <= QUERIES
