"""What the database itself refuses, whatever the code above it does."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from forums.boards.models import Board
from forums.moderation import actions as moderation
from forums.moderation.models import Decision
from forums.posts.models import Post
from tests.make import make_board, make_post, make_topic


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
