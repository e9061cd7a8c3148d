"""What the database itself refuses, whatever the code above it does."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from forums.activities.models import Activity, Attendance
from forums.discussions.boards.models import Board
from forums.discussions.posts.models import Post
from forums.groups.invitations.models import Invitation
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Event, Network
from forums.moderation import actions as moderation
from forums.moderation.models import Decision
from tests.make import join, make_board, make_member, make_network, make_post, make_topic


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_decision_cannot_be_changed_nor_deleted(moderator):
    moderation.lock(moderator=moderator, topic=make_topic(), reason="จบเรื่องแล้ว")
    decisions = Decision.objects.all()
    refused(lambda: decisions.update(reason="อื่น"))
    refused(lambda: decisions.delete())


def test_a_room_inside_a_room_is_refused(db):
    top = make_board()
    room = make_board(parent=top)
    refused(lambda: make_board(parent=room))
    refused(lambda: Board.objects.filter(pk=top.pk).update(parent=make_board()))


def test_a_reply_cannot_stand_in_another_topic_nor_under_another_number(db):
    topic, other = make_topic(), make_topic()
    comment, second, elsewhere = make_post(topic), make_post(topic), make_post(other)
    answer = Post.objects.filter(pk=make_post(topic, parent=comment).pk)
    refused(lambda: answer.update(topic=other, number=1))
    refused(lambda: answer.update(number=2, reply_number=9))
    refused(lambda: answer.update(root=second))
    refused(lambda: answer.update(parent=elsewhere))


def test_two_posts_cannot_have_one_number(db):
    topic = make_topic()
    make_post(topic)
    second = make_post(topic)
    refused(lambda: Post.objects.filter(pk=second.pk).update(number=1))


def test_a_post_cannot_answer_itself_or_a_younger_one(db):
    topic = make_topic()
    comment = make_post(topic)
    answer = make_post(topic, parent=comment)
    refused(lambda: Post.objects.filter(pk=answer.pk).update(parent=F("pk")))


def test_writers_of_a_board_can_read_it(db):
    board = make_board()
    refused(lambda: Board.objects.filter(pk=board.pk).update(read_level=3, write_level=0))


# -- networks ----------------------------------------------------------------------------------------


def test_one_person_has_one_membership_in_a_network(malee):
    network = make_network(coordinator=malee)
    refused(lambda: Membership.objects.create(network=network, member=malee, sort_key="ก"))


def test_a_living_network_has_a_coordinator(malee, somchai):
    network = make_network(coordinator=malee)
    mine = Membership.objects.filter(network=network, member=malee)
    refused(lambda: mine.delete())
    refused(lambda: mine.update(role=Role.MEMBER))
    join(network, somchai, role=Role.COORDINATOR)
    mine.update(role=Role.MEMBER)  # handed over
    Network.objects.filter(pk=network.pk).update(archived_at=timezone.now())
    Membership.objects.filter(network=network).delete()
    refused(lambda: Network.objects.filter(pk=network.pk).update(archived_at=None))


def test_two_networks_do_not_share_a_name_however_it_is_typed(malee):
    first, second = make_network("คนรักคลอง", malee), make_network("คนรักป่า", malee)
    refused(lambda: Network.objects.filter(pk=second.pk).update(name_key=first.name_key))


def test_an_invitation_is_not_used_more_often_than_it_says(malee):
    invitation = Invitation.objects.create(
        network=make_network(coordinator=malee),
        created_by=malee,
        expires_at=timezone.now() + timedelta(days=1),
        max_uses=1,
    )
    refused(lambda: Invitation.objects.filter(pk=invitation.pk).update(uses=2))


def _activity(member, **fields):
    now = timezone.now()
    times = {"starts_at": now, "ends_at": now + timedelta(hours=2)}
    return Activity.objects.create(
        title="เดินสำรวจคลอง", open_to="everyone", created_by=member, **(times | fields)
    )


def test_an_activity_does_not_end_before_it_starts(malee):
    now = timezone.now()
    refused(lambda: _activity(malee, starts_at=now, ends_at=now))
    refused(lambda: _activity(malee, starts_at=now, ends_at=now - timedelta(minutes=1)))


def test_no_answer_goes_past_the_capacity(malee):
    activity = _activity(malee, capacity=1)
    Attendance.objects.create(activity=activity, member=malee, answer="going")
    other = Attendance.objects.create(activity=activity, member=make_member(), answer="waiting")
    refused(lambda: Attendance.objects.filter(pk=other.pk).update(answer="going"))
    refused(
        lambda: Attendance.objects.create(activity=activity, member=make_member(), answer="going")
    )
    activity.refresh_from_db()
    assert (activity.going_count, activity.waiting_count) == (1, 1)


def test_a_networks_history_is_only_added_to(malee):
    make_network(coordinator=malee)
    refused(lambda: Event.objects.update(what="edited"))
    refused(lambda: Event.objects.all().delete())
