"""Moderators find statements and polls, the hidden ones too, and are led to where they are decided about; no answers there."""

import pytest

from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from forums.moderation.withdrawing.actions import withdraw_statement
from tests.answers import page
from tests.discussions.polls.making import make_ballots, make_poll
from tests.knowledge.making import make_round, make_statement
from tests.make import make_member, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(malee):
    return make_topic(malee, title="ตลาดนัดคนรักดอย")


def test_a_hidden_statement_is_found_by_its_topic_and_its_state(as_, topic, somchai, moderator):
    hidden, other = make_statement(topic, somchai), make_statement(topic)
    withdraw_statement(moderator=moderator, statement=hidden, reason="ว่าร้ายกัน")
    desk, here = as_(moderator), "/admin/forums/statement/"
    for query in (f"?q={topic.pk}", "?q=ตลาดนัด", "?state=open"):
        assert other.body in page(desk, here + query)
    found = page(desk, f"{here}?state=hidden")
    assert hidden.body in found
    assert f">{hidden.pk}</a>" in found
    assert hidden.key not in found
    assert other.body not in found
    one = page(desk, f"{here}{hidden.pk}/change/")
    assert "ว่าร้ายกัน" in one
    assert hidden.get_absolute_url() in one
    assert somchai.handle not in one


def test_of_votes_and_ballots_nothing_stands_there(as_, topic, moderator):
    voter = make_member("phusadong", trust_level=1)
    statement, poll = make_statement(topic), make_poll(topic)
    vote(member=voter, round_=make_round(topic), statement=statement, choice=Answered.AGREE)
    (answered,) = make_ballots(poll, [1, 0, 0])
    desk = as_(moderator)
    for one in (f"statement/{statement.pk}", f"poll/{poll.pk}"):
        there = page(desk, f"/admin/forums/{one}/change/")
        assert voter.handle not in there
        assert answered.handle not in there
    for table in ("ballot", "statementvote", "pollballot", "networkguess", "judging"):
        assert desk.get(f"/admin/forums/{table}/").status_code == 404
