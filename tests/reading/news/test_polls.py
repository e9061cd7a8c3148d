"""Who is told that a poll closes soon or has closed, and what the line says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.discussions.polls.actions import answer, close
from forums.discussions.polls.kinds import close_polls
from forums.discussions.polls.models import Poll
from forums.moderation.polls.actions import end_poll
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Notification, Telling
from forums.reading.following.actions import set_level
from forums.reading.following.models import Level
from forums.reading.following.targets import target_of
from tests.discussions.polls.making import make_ballots, make_poll
from tests.make import join, make_member, make_network, make_topic

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[int]:
    spread()
    return set(Notification.objects.filter(kind=kind).values_list("member_id", flat=True))


def soon(poll: Poll) -> None:
    """It closes within a day, and was open for a week."""
    now = timezone.now()
    Poll.objects.filter(pk=poll.pk).update(
        created_at=now - timedelta(days=7), closes_at=now + timedelta(hours=20)
    )
    close_polls(now)
    close_polls(now)


def follower(topic, level=Level.TRACKING):
    member = make_member()
    set_level(member=member, target=target_of("topic", topic), level=level)
    return member


def test_a_day_before_who_follows_and_has_not_answered_is_told():
    topic = make_topic(make_member())
    poll = make_poll(topic)
    waits, done, deaf = follower(topic), follower(topic), follower(topic, Level.MUTED)
    Telling.objects.all().delete()
    soon(poll)
    answer(member=done, poll=poll, marks=[1, 0, 0])
    assert told("poll-closing") == {waits.pk, topic.author_id}  # she follows what she started
    assert deaf.pk not in told("poll-closing")


def test_only_members_of_the_networks_asked_are_reminded():
    author, network = make_member(), make_network()
    join(network, author)
    topic = make_topic(make_member())
    poll = make_poll(topic, author, networks=[network.pk])
    inside, _outside = follower(topic), follower(topic)
    join(network, inside)
    soon(poll)
    assert told("poll-closing") == {inside.pk}


def test_a_poll_of_a_day_reminds_nobody():
    topic = make_topic(make_member())
    poll = make_poll(topic, days=1)
    follower(topic)
    close_polls(timezone.now() + timedelta(hours=2))
    assert told("poll-closing") == set()
    poll.refresh_from_db()
    assert poll.reminded_at is None


def test_who_answered_and_who_asked_are_told_that_it_has_closed_by_its_time():
    poll = make_poll()
    members = make_ballots(poll, [1, 0, 0], [1, 0, 0])
    close_polls(timezone.now() + timedelta(days=8))
    assert told("poll-closed") == set()  # its time, as the row has it, is not over
    end_poll(moderator=make_member(is_staff=True), poll=poll, reason="ถามซ้ำกับโพลข้างบน")
    assert told("poll-closed") == {*(each.pk for each in members), poll.author_id}


def test_what_is_due_is_closed_at_its_time():
    poll = make_poll()
    past = timezone.now() - timedelta(hours=1)
    Poll.objects.filter(pk=poll.pk).update(created_at=past - timedelta(days=7), closes_at=past)
    close_polls(timezone.now())
    poll.refresh_from_db()
    assert poll.closed_at == past


def test_the_line_says_what_came_first_and_is_gone_with_the_poll(client):
    poll = make_poll(question="ประชุมวันไหนดี")
    (member,) = make_ballots(poll, [0, 1, 0])
    close(member=poll.author, poll=poll)
    spread()
    client.force_login(member)
    page = client.get("/notifications/").content.decode()
    assert "โพล “ประชุมวันไหนดี” ปิดแล้ว" in page
    assert "วันอาทิตย์" in page
    Poll.objects.filter(pk=poll.pk).update(hidden_at=timezone.now())
    assert "ประชุมวันไหนดี" not in client.get("/notifications/").content.decode()
