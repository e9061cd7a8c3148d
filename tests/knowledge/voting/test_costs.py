"""What a vote costs, where there is much to vote on."""

import pytest

from forums.knowledge.statements.models import Statement
from forums.knowledge.statements.wording import key_of
from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from tests.knowledge.making import make_round, make_statement, member_of, network_in, steward
from tests.make import make_topic
from tests.timing import assert_quick

STATEMENTS = 200
VOTE = 0.008  # seconds of the processor


@pytest.mark.django_db
def test_a_vote_takes_less_than_eight_milliseconds(malee):
    topic, looks = make_topic(malee), steward()
    network = network_in(topic)
    first = make_statement(topic)
    bodies = [f"ข้อที่ {number} ควรทำก่อน" for number in range(2, STATEMENTS + 1)]
    Statement.objects.bulk_create(
        Statement(
            topic=topic,
            number=number,
            body=body,
            key=key_of(body),
            author=malee,
            looked_at=first.looked_at,
            looked_by=looks,
        )
        for number, body in enumerate(bodies, 2)
    )
    statements = list(Statement.objects.filter(topic=topic))
    round_ = make_round(topic)
    voters = iter([member_of(network) for _try in range(6)])

    def answer_all() -> None:
        member = next(voters)
        for statement in statements:
            vote(member=member, round_=round_, statement=statement, choice=Answered.AGREE)

    assert len(statements) == STATEMENTS
    assert_quick(answer_all, within=STATEMENTS * VOTE)
