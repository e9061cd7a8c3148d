"""Announcing: what is written, whom it reaches, how often, and how it is taken back."""

import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed, Stale, TooFast
from forums.discussions.announcements import actions
from forums.discussions.announcements.actions import (
    KIND,
    EnoughThisWeek,
    announce,
    announce_again,
    take_back,
)
from forums.discussions.announcements.models import Announcement
from forums.discussions.boards.models import OpenTo
from forums.discussions.openings.actions import start_topic
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic, TopicKind
from forums.groups.memberships import audience
from forums.groups.memberships.actions import leave
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Event, EventKind
from forums.moderation import actions as moderation
from forums.moderation.sanctions import actions as sanctions
from forums.notifications.actions import deliver
from forums.notifications.inbox.actions import mark_all_read, spread
from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Email, Notification, Preference, Telling
from forums.reading.following.models import Block, Follow, Level
from tests.make import join, make_board, make_member, make_network, make_network_board
from tests.threads import in_threads


@pytest.fixture
def network(malee):
    return make_network("คนรักคลอง", malee)


@pytest.fixture
def room(network):
    return make_network_board(network, OpenTo.NETWORK)


@pytest.fixture
def say(network, room, malee, settings):
    settings.FORUMS_PACE = {**settings.FORUMS_PACE, "topics": []}

    def announced(title: str = "น้ำขึ้นคืนนี้", **more):
        given = {"board": room, "title": title, "body": "ช่วยกันยกของขึ้นที่สูงก่อนสองทุ่ม"} | more
        return announce(coordinator=malee, network=network, **given)

    return announced


def passed(minutes: int = 11) -> None:
    """So long ago that it has gone out."""
    back = timedelta(minutes=minutes)
    for made in Announcement.objects.filter(taken_back_at=None):
        moved = {"created_at": made.created_at - back, "goes_out_at": made.goes_out_at - back}
        Announcement.objects.filter(pk=made.pk).update(**moved)
    for telling in Telling.objects.filter(kind=KIND):
        due = telling.due_at - back
        Telling.objects.filter(pk=telling.pk).update(due_at=due, created_at=due)
    spread()


def lines(member) -> list[str]:
    notes = list(Notification.objects.filter(member=member))
    return [line.text for line in lines_of(member, notes).values()]


def test_it_is_news_in_the_networks_name(say, network, room, malee):
    topic = say().topic
    post = Post.objects.get(topic=topic, number=0)
    assert (topic.kind, topic.board, topic.network) == (TopicKind.NEWS, room, network)
    assert post.in_name
    event = Event.objects.filter(network=network, what=EventKind.ANNOUNCED).get()
    assert (event.actor, event.topic) == (malee, topic)


def test_every_member_is_told_once_when_it_goes_out(say, network, malee, somchai):
    other = make_member()
    join(network, somchai, other)
    say()
    spread()
    assert not Notification.objects.exists()
    assert not Email.objects.filter(kind=KIND).exists()
    passed()
    passed()
    for each in (somchai, other):
        assert lines(each) == ["“คนรักคลอง” ประกาศ: น้ำขึ้นคืนนี้"]
    assert not lines(malee)
    assert not Telling.objects.filter(kind=KIND).exists()
    assert Email.objects.filter(kind=KIND).count() == 2


def test_it_is_told_in_batches_and_goes_on_where_it_was_broken_off(say, network, monkeypatch):
    monkeypatch.setattr(audience, "BATCH", 3)
    members = [make_member() for _n in range(7)]
    join(network, *members)
    say()
    passed()
    assert Notification.objects.count() == Email.objects.filter(kind=KIND).count() == 7


def letter_to(member) -> list:
    mail.outbox.clear()
    EmailAddress.objects.get_or_create(
        user=member, email=member.email, defaults={"primary": True, "verified": True}
    )
    deliver()
    return [each for each in mail.outbox if member.email in each.to]


def test_the_letter_says_what_and_how_to_get_no_more(say, network, somchai):
    join(network, somchai)
    say()
    passed()
    (letter,) = letter_to(somchai)
    assert "น้ำขึ้นคืนนี้" in letter.subject
    assert "ยกของขึ้นที่สูง" in letter.body
    assert "/settings/notifications/" in letter.body
    assert f"/follow/network/{network.pk}/" in letter.body


@pytest.mark.parametrize("why", ["read", "left", "hidden", "off", "suspended"])
def test_no_letter_where_there_is_nothing_to_say(say, network, malee, somchai, why):
    join(network, somchai)
    topic = say().topic
    passed()
    if why == "read":
        mark_all_read(member=somchai, until=timezone.now())
    elif why == "left":
        leave(member=somchai, network=network)
    elif why == "hidden":
        moderation.hide_topic(moderator=make_member(is_staff=True), topic=topic, reason="ผิดที่")
    elif why == "suspended":
        sanctions.suspend(moderator=make_member(is_staff=True), member=malee, reason="ไม่ใช่ตัวจริง")
    else:
        Preference.objects.create(member=somchai, switch="announcements", here=True, mail=False)
    assert letter_to(somchai) == []
    if why in ("left", "hidden"):
        assert not lines(somchai)


def test_who_wants_it_only_by_mail_gets_the_letter_alone(say, network, somchai):
    join(network, somchai)
    Preference.objects.create(member=somchai, switch="announcements", here=False, mail=True)
    say()
    passed()
    assert not lines(somchai)
    assert len(letter_to(somchai)) == 1


@pytest.mark.parametrize("deaf", ["network", "board", "topic", "blocked"])
def test_who_muted_it_or_blocked_the_coordinator_hears_nothing(
    say, network, room, malee, somchai, deaf
):
    join(network, somchai)
    topic = say().topic
    if deaf == "blocked":
        Block.objects.create(member=somchai, person=malee)
    else:
        thing = {"network": network, "board": room, "topic": topic}[deaf]
        Follow.objects.create(member=somchai, level=Level.MUTED, **{deaf: thing})
    passed()
    assert not lines(somchai)
    assert not Email.objects.filter(kind=KIND).exists()


def test_who_watches_has_one_line_of_it_not_two(say, network, somchai):
    join(network, somchai)
    Follow.objects.create(member=somchai, level=Level.WATCHING, network=network)
    say()
    spread()
    assert len(lines(somchai)) == 1
    passed()
    assert lines(somchai) == ["“คนรักคลอง” ประกาศ: น้ำขึ้นคืนนี้"]


def test_taken_back_nobody_is_told_and_the_topic_stays(say, malee, network, somchai):
    join(network, somchai)
    made = say()
    take_back(coordinator=malee, announcement=made)
    take_back(coordinator=malee, announcement=made)
    passed(0)
    assert not lines(somchai)
    assert Topic.objects.listed().filter(pk=made.topic_id).exists()
    again = announce_again(coordinator=malee, announcement=made)
    assert (again.topic_id, again.taken_back_at) == (made.topic_id, None)
    passed()
    assert len(lines(somchai)) == 1


def test_of_who_was_suspended_before_it_went_out_nobody_is_told(say, malee, network, somchai):
    join(network, somchai)
    say()
    sanctions.suspend(moderator=make_member(is_staff=True), member=malee, reason="ไม่ใช่ตัวจริง")
    passed()
    assert not lines(somchai)
    assert not Email.objects.filter(member=somchai).exists()


def test_what_has_gone_out_is_not_taken_back(say, malee):
    made = say()
    passed()
    with pytest.raises(Stale):
        take_back(coordinator=malee, announcement=made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.update(taken_back_at=timezone.now())


def test_a_topic_that_is_gone_is_not_announced_after_all(say, malee):
    made = say()
    take_back(coordinator=malee, announcement=made)
    moderation.hide_topic(moderator=make_member(is_staff=True), topic=made.topic, reason="ผิดที่")
    with pytest.raises(Stale):
        announce_again(coordinator=malee, announcement=made)


def test_twice_a_week_and_the_refusal_says_when_again(say, malee, somchai, network):
    first = say("หนึ่ง")
    say("สอง")
    with pytest.raises(EnoughThisWeek) as refused:
        say("สาม")
    assert refused.value.status == 429
    assert not Topic.objects.filter(title="สาม").exists()
    join(network, somchai, role=Role.COORDINATOR)
    with pytest.raises(EnoughThisWeek):  # the network's, not hers
        announce(
            coordinator=somchai, network=network, board=first.topic.board, title="สี่", body="ห้า"
        )
    take_back(coordinator=malee, announcement=first)
    say("สาม")
    Announcement.objects.update(
        created_at=timezone.now() - timedelta(days=8), goes_out_at=timezone.now()
    )
    say("สี่")


def test_announced_and_taken_back_without_end_it_is_too_fast(say, malee):
    made = say()
    for _n in range(4):
        take_back(coordinator=malee, announcement=made)
        made = announce_again(coordinator=malee, announcement=made)
    take_back(coordinator=malee, announcement=made)
    with pytest.raises(TooFast):
        announce_again(coordinator=malee, announcement=made)
    assert Announcement.objects.count() == 5


def test_a_form_that_started_a_topic_elsewhere_announces_nothing(say, malee):
    form, room = uuid.uuid4(), make_network_board(make_network("บ้านอื่น", malee), OpenTo.NETWORK)
    start_topic(
        author=malee,
        board=room,
        kind=TopicKind.NEWS,
        title="เฉพาะพวกเรา",
        body="เนื้อความ",
        submission=form,
    )
    with pytest.raises(Stale):
        say("เฉพาะพวกเรา", body="เนื้อความ", submission=form)
    assert not Announcement.objects.exists()


def test_the_same_form_sent_twice_is_one(say):
    form = uuid.uuid4()
    assert say(submission=form) == say(submission=form)
    assert Announcement.objects.count() == Topic.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_six_at_once_two_go_out():
    network = make_network()
    room = make_network_board(network)
    people = [make_member() for _n in range(6)]
    join(network, *people, role=Role.COORDINATOR)

    def one(person):
        return announce(
            coordinator=person, network=network, board=room, title=f"ข่าว {person}", body="ข่าว"
        )

    made = in_threads(one, people)
    assert sum(isinstance(each, Announcement) for each in made) == actions.MOST
    assert sum(isinstance(each, EnoughThisWeek) for each in made) == 4


def test_only_coordinators_and_only_in_its_own_boards(say, network, room, malee, somchai):
    join(network, somchai, role=Role.SPOKESPERSON)
    with pytest.raises(NotAllowed):
        announce(coordinator=somchai, network=network, board=room, title="ก", body="ข")
    with pytest.raises(NotAllowed):
        say(board=make_board())
    with pytest.raises(BadText):
        say(body=" ")
    assert not Announcement.objects.exists()
