"""A reason is a comment, and of a member there is one a statement."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.base.errors import NotAllowed, TopicLocked
from forums.base.personal import Farewell, Parting
from forums.discussions.posts.actions import delete_post
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.knowledge.reasons.actions import (
    NoReasonHere,
    SaidOfAnother,
    forget_reasons,
    give_reason,
    point_at,
    take_off,
)
from forums.knowledge.reasons.models import StatementReason
from forums.knowledge.statements.actions import merge
from forums.knowledge.voting.models import Answered
from tests.knowledge.making import make_statement, member_of, network_in, steward
from tests.make import make_post, make_topic
from tests.threads import in_threads

pytestmark = pytest.mark.django_db
WHY = "ปีที่แล้วลองแล้ว น้ำพอถึงเดือนเมษา"


@pytest.fixture
def topic():
    return make_topic()


@pytest.fixture
def statement(topic):
    return make_statement(topic, body="ทุกบ้านควรมี *ถัง* เก็บน้ำฝน")


def test_a_reason_is_a_comment_that_says_what_it_is_about(topic, statement):
    network = network_in(topic)
    malee = member_of(network)
    said = give_reason(
        member=malee, topic=topic, statement=statement, side=Answered.DISAGREE, body=WHY,
        speak_from=network.pk,
    )  # fmt: skip
    post = Post.objects.get(pk=said.pk)
    assert (post.author, post.network, post.number) == (malee, network, 1)
    assert "“ทุกบ้านควรมี *ถัง* เก็บน้ำฝน”" in post.body_html
    assert post.body.endswith(f"\n\n{WHY}")


def test_sent_twice_it_is_one(topic, statement, malee):
    form = uuid.uuid4()
    for _ in range(2):
        give_reason(
            member=malee, topic=topic, statement=statement, side=Answered.AGREE, body=WHY,
            submission=form,
        )  # fmt: skip
    assert Post.objects.filter(author=malee).count() == 1
    assert StatementReason.objects.count() == 1


def test_another_takes_the_place_of_the_first_which_stays_a_comment(topic, statement, malee):
    give_reason(member=malee, topic=topic, statement=statement, side=Answered.AGREE, body=WHY)
    give_reason(member=malee, topic=topic, statement=statement, side=Answered.PASS, body="ไม่แน่แล้ว")
    (said,) = StatementReason.objects.all()
    assert said.side == Answered.PASS
    assert Post.objects.filter(author=malee).count() == 2


def test_a_comment_of_ones_own_can_be_said_to_be_one(topic, statement, malee):
    post = make_post(topic, malee)
    point_at(member=malee, topic=topic, statement=statement, side=Answered.AGREE, post=post)
    point_at(member=malee, topic=topic, statement=statement, side=Answered.DISAGREE, post=post)
    assert StatementReason.objects.get().side == Answered.DISAGREE
    take_off(member=malee, statement=statement)
    take_off(member=malee, statement=statement)
    assert not StatementReason.objects.exists()
    assert Post.objects.filter(pk=post.pk, deleted_at=None).exists()


def test_not_the_comment_of_another_one_of_another_topic_or_one_that_is_gone(
    topic, statement, malee, somchai
):
    gone = make_post(topic, malee)
    delete_post(member=malee, post=gone)
    opening = Post.objects.get(topic=topic, number=0)
    for post in (make_post(topic, somchai), make_post(make_topic(), malee), gone, opening):
        with pytest.raises(NotAllowed):
            point_at(member=malee, topic=topic, statement=statement, side=Answered.AGREE, post=post)


def test_a_comment_is_about_one_statement(topic, statement, malee):
    post = make_post(topic, malee)
    other = make_statement(topic)
    point_at(member=malee, topic=topic, statement=statement, side=Answered.AGREE, post=post)
    with pytest.raises(SaidOfAnother):
        point_at(member=malee, topic=topic, statement=other, side=Answered.AGREE, post=post)


def test_about_what_is_not_put_to_the_vote_nobody_gives_a_reason(topic, statement, malee):
    waiting = make_statement(topic, looked=False)
    merge(member=steward(), statement=waiting, into=statement)
    with pytest.raises(NoReasonHere):
        give_reason(member=malee, topic=topic, statement=waiting, side=Answered.AGREE, body=WHY)
    assert not Post.objects.filter(author=malee).exists()
    with pytest.raises(NoReasonHere):
        give_reason(
            member=malee, topic=make_topic(), statement=statement, side=Answered.AGREE, body=WHY
        )


def test_where_a_topic_takes_no_comments_one_points_at_what_one_said(topic, statement, malee):
    post = make_post(topic, malee)
    Topic.objects.filter(pk=topic.pk).update(locked_at=timezone.now())
    with pytest.raises(TopicLocked):
        give_reason(member=malee, topic=topic, statement=statement, side=Answered.AGREE, body=WHY)
    point_at(member=malee, topic=topic, statement=statement, side=Answered.AGREE, post=post)
    assert StatementReason.objects.get().post == post


def test_who_wants_her_words_emptied_is_quoted_no_more(topic, statement, malee):
    give_reason(member=malee, topic=topic, statement=statement, side=Answered.AGREE, body=WHY)
    forget_reasons(Parting(malee, Farewell.NAMELESS))
    assert StatementReason.objects.exists()
    forget_reasons(Parting(malee, Farewell.EMPTIED))
    assert not StatementReason.objects.exists()


def test_the_database_knows_three_sides_and_one_reason_a_member(topic, statement, malee):
    first, second = make_post(topic, malee), make_post(topic, malee, body="อีกข้อ")
    StatementReason.objects.create(statement=statement, member=malee, post=first, side=1)
    for wrong in ({"post": second, "side": 1}, {"post": second, "side": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StatementReason.objects.create(statement=statement, member=malee, **wrong)


@pytest.mark.django_db(transaction=True)
def test_twice_at_once_is_one_reason(topic, statement, malee):
    posts = [make_post(topic, malee, body=f"เพราะข้อ {n}") for n in range(4)]
    in_threads(
        lambda post: point_at(
            member=malee, topic=topic, statement=statement, side=Answered.AGREE, post=post
        ),
        posts,
    )
    assert StatementReason.objects.count() == 1
