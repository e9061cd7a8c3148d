"""`recount` puts right what topics and open polls remember; and whom an answered poll asks stays, but in a merge."""

import pytest
from django.db import IntegrityError, transaction

from forums.discussions.polls.actions import answer
from forums.discussions.polls.maintenance import let_polls_follow, repair_poll_counts, repair_polls
from forums.discussions.polls.models import Poll, PollNetwork
from forums.discussions.topics.models import Topic
from tests.discussions.polls.making import end, make_ballots, make_poll
from tests.make import join, make_member, make_network

pytestmark = pytest.mark.django_db


def test_what_is_wrong_is_counted_anew_and_said():
    poll = make_poll()
    make_ballots(poll, [1, 0, 0], [0, 1, 0])
    assert repair_polls(after=0, size=10)[1] == []
    Poll.objects.filter(pk=poll.pk).update(voters=7, tally=[7, 0, 0])
    Topic.objects.filter(pk=poll.topic_id).update(poll_count=3)
    assert repair_polls(after=0, size=10)[1] == [poll]
    assert [before for _topic, before in repair_poll_counts(after=0, size=10)[1]] == [3]
    poll.refresh_from_db()
    assert (poll.voters, poll.tally) == (2, [1, 1, 0])


def test_the_figures_of_a_closed_poll_are_its_result():
    poll = make_poll()
    make_ballots(poll, [1, 0, 0])
    end(poll)
    poll.ballots.all().delete()  # of who left since
    assert repair_polls(after=0, size=10)[1] == []


def test_the_database_holds_whom_an_answered_poll_asks_but_where_networks_are_merged():
    asked, other = make_network(), make_network()
    poll = make_poll()
    there = PollNetwork.objects.create(poll=poll, network=asked)
    member = make_member()
    join(asked, member)
    answer(member=member, poll=poll, marks=[1, 0, 0])
    for changed in (
        lambda: PollNetwork.objects.create(poll=poll, network=other),
        lambda: PollNetwork.objects.filter(pk=there.pk).update(network=other),
        lambda: PollNetwork.objects.filter(pk=there.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            changed()
    let_polls_follow()
    assert PollNetwork.objects.filter(pk=there.pk).update(network=other) == 1
