"""Votes sent by the form, each on a connection of its own, while something happens to what they are about: each is counted or
refused in words, and what is counted is what lies there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Sum

from forums.base.errors import AlreadyDecided, NotAllowed
from forums.knowledge.results.actions import publish
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.statements.actions import merge, part, set_hidden, take_back
from forums.knowledge.statements.models import Fate, Statement
from forums.knowledge.voting.actions import close_round
from forums.knowledge.voting.models import Ballot, Round, StatementVote
from tests.answers import text_of
from tests.clients import signed_in
from tests.knowledge.making import make_round, make_statement, steward
from tests.make import make_member, make_topic
from tests.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)
VOTERS = 8


def hidden(statement: Statement, _round: Round) -> Any:
    return set_hidden(statement=statement, on=True)


def parted(statement: Statement, _round: Round) -> Any:
    return part(member=steward(), statement=statement, bodies=["ควรมีเวรเยี่ยม", "ควรมีรถรับส่ง"])


def another_put_to_it(statement: Statement, _round: Round) -> Any:
    waits = make_statement(statement.topic, body="เวรเยี่ยมก็ควรมี รถรับส่งก็ควรมี", looked=False)
    return merge(member=steward(), statement=waits, into=statement)


def taken_back(statement: Statement, _round: Round) -> Any:
    return take_back(member=statement.author, statement=statement)


def closed(_statement: Statement, round_: Round) -> Any:
    return close_round(member=steward(), round_=round_)


def published(_statement: Statement, round_: Round) -> Any:
    return publish(round_=round_)


def voted(
    topic: Any, statement: Statement, what: Callable[..., Any], round_: Round
) -> tuple[list, Any]:
    """What each voter is answered, and what came of the other act."""
    browsers = [signed_in(make_member()) for _ in range(VOTERS)]
    address = f"/t/{topic.pk}/common/vote/?s={statement.number}"

    def work(browser: Any) -> Any:
        if browser is None:
            return ("other", what(statement, round_))
        return browser.post(address, {"vote": "1"})

    came = in_threads(work, [*browsers[:4], None, *browsers[4:]])
    other = next(each for each in came if isinstance(each, tuple | Exception))
    return [each for each in came if each is not other], other


@pytest.mark.parametrize(
    "what",
    [hidden, parted, another_put_to_it, taken_back, closed, published],
    ids=lambda f: f.__name__,
)
def test_votes_while_it_is(malee, what):
    topic = make_topic(malee)
    statement, round_ = make_statement(topic), make_round(topic)
    answers, other = voted(topic, statement, what, round_)
    assert {each.status_code for each in answers} <= {302, 409}
    late = [each for each in answers if each.status_code == 409]
    counted = VOTERS - len(late)
    for each in late:
        assert "รอบที่ 1 ปิดแล้ว" in text_of(each) or "ไปข้อถัดไป" in text_of(each)
    statement.refresh_from_db()
    assert statement.answered == statement.votes.count() == counted
    assert not statement.votes.exclude(vote=1).exists()
    assert (Ballot.objects.aggregate(all=Sum("answered"))["all"] or 0) == counted
    if what is taken_back:  # either somebody voted on it, or it is gone
        assert isinstance(other, NotAllowed) == bool(counted)
        assert statement.fate is (Fate.OPEN if counted else Fate.WITHDRAWN)
    else:
        assert not isinstance(other, Exception), other
    if what in (another_put_to_it, published):
        assert counted == VOTERS
    if what is published:
        publish(round_=round_)
        assert PublishedResults.objects.get().votes == VOTERS
    if what is closed:
        assert not StatementVote.objects.filter(cast_at__gt=Round.objects.get().closed_at).exists()


def test_one_form_sent_ten_times_at_once_is_one_vote(malee):
    topic = make_topic(malee)
    statement, _round = make_statement(topic), make_round(topic)
    browsers = [signed_in(voter) for voter in [make_member()] * 10]
    address = f"/t/{topic.pk}/common/vote/?s={statement.number}"
    answers = in_threads(lambda browser: browser.post(address, {"vote": "-1"}), browsers)
    assert [each.status_code for each in answers] == [302] * 10
    statement.refresh_from_db()
    assert (statement.answered, StatementVote.objects.count(), Ballot.objects.count()) == (1, 1, 1)


def test_of_two_who_hide_and_part_it_at_once_nothing_is_half_done(malee):
    topic = make_topic(malee)
    statement, round_ = make_statement(topic), make_round(topic)
    came = in_threads(lambda what: what(statement, round_), [hidden, parted])
    statement.refresh_from_db()
    topic.refresh_from_db()
    assert statement.fate is Fate.HIDDEN
    split = not any(isinstance(each, AlreadyDecided) for each in came)
    assert topic.statement_count == Statement.objects.open().count() == (2 if split else 0)
