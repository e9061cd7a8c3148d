"""What a network's people said in votes and polls is the other's from the merge on, and its own again when that is undone."""

import pytest

from forums.discussions.polls.actions import answer
from forums.discussions.polls.models import Poll, PollNetwork
from forums.groups.memberships.models import forget_roles
from forums.knowledge.results.actions import publish
from forums.knowledge.voting.models import Ballot
from forums.moderation.merging.actions import unmerge
from tests.discussions.polls.making import make_poll
from tests.knowledge.making import make_round, make_statement, say
from tests.make import make_topic
from tests.moderation.merging.conftest import WHY


@pytest.fixture
def topic(malee):
    return make_topic(malee)


def asks(poll: Poll) -> set[int]:
    return set(PollNetwork.objects.filter(poll=poll).values_list("network_id", flat=True))


def asking(topic, member, *networks) -> Poll:
    """One that somebody has answered."""
    poll = make_poll(topic, member, question=f"ถาม {len(networks)} เครือข่าย")
    PollNetwork.objects.bulk_create(PollNetwork(poll=poll, network=each) for each in networks)
    answer(member=member, poll=poll, marks=[1, 0, 0])
    return poll


def told(round_) -> tuple[int, ...]:
    """The networks heard, when all has moved: who counts for another is told there once she is told no more where she was."""
    publish(round_=round_)
    return publish(round_=round_).heard


def test_ballots_count_for_the_one_that_stays_and_go_back(topic, source, target, moderator, merged):
    statement, other = make_statement(topic), make_statement(topic)
    round_ = make_round(topic)
    for each in (statement, other):
        say(round_, source, each, 5, 1)
        say(round_, target, each, 1, 5)
    before = Ballot.objects.filter(network=source).count()
    assert set(told(round_)) == {source.pk, target.pk}
    merged()
    assert not Ballot.objects.filter(network=source).exists()
    assert told(round_) == (target.pk,)
    unmerge(moderator=moderator, network=source, reason=WHY)
    assert Ballot.objects.filter(network=source).count() == before
    assert set(told(round_)) == {source.pk, target.pk}


def test_a_poll_that_was_answered_asks_the_one_that_stays_once_and_both_when_it_is_undone(
    topic, source, target, moderator, malee, somchai, merged
):
    both, one = asking(topic, malee, source, target), asking(topic, malee, source)
    merged()
    assert (asks(both), asks(one)) == ({target.pk}, {target.pk})
    forget_roles(somchai)
    answer(member=somchai, poll=one, marks=[0, 1, 0])
    unmerge(moderator=moderator, network=source, reason=WHY)
    assert (asks(both), asks(one)) == ({source.pk, target.pk}, {source.pk})
    one.refresh_from_db()
    assert one.voters == 2  # who answered meanwhile has answered
