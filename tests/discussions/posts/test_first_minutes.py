"""Changes nobody needs to hear of, how long a text can be changed, and a deletion taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Member, TrustLevel
from forums.base.errors import NotAllowed
from forums.discussions.openings import actions as openings
from forums.discussions.posts.actions import (
    delete_post,
    edit_post,
    react,
    reply,
    take_back_deletion,
)
from forums.discussions.posts.models import Post, Revision
from forums.discussions.topics.models import Topic
from forums.moderation.actions import hide_post
from forums.tags.models import Tag
from tests.make import make_member, make_post, make_topic


@pytest.fixture
def quiet(settings):
    settings.FORUMS_QUIET_EDIT = 300


@pytest.fixture
def topic(malee, board):
    return make_topic(malee, board, tags=["น้ำ"])


def aged(post, **since):
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(**since))
    return Post.objects.select_related("topic__board", "author").get(pk=post.pk)


# -- the first minutes --------------------------------------------------------------------------


def test_a_slip_mended_at_once_leaves_no_version(quiet, topic, somchai):
    post = make_post(topic, somchai, body="สะกดผิก")
    edit_post(editor=somchai, post=post, body="สะกดผิด")
    post.refresh_from_db()
    assert (post.body, post.edited_at, post.revision_count) == ("สะกดผิด", None, 0)
    assert not Revision.objects.exists()


def test_a_topics_own_text_as_well(quiet, topic, malee):
    openings.edit_topic(editor=malee, topic=topic, title="ชื่อใหม่", body="ใหม่", tags=["น้ำ"])
    topic.refresh_from_db()
    assert topic.title == "ชื่อใหม่"
    assert not Revision.objects.exists()


def test_after_five_minutes_or_an_answer_or_a_mark_each_change_leaves_a_version(
    quiet, topic, somchai, malee
):
    old = aged(make_post(topic, somchai), minutes=6)
    answered = make_post(topic, somchai)
    reply(author=malee, topic=topic, body="ตอบ", parent=answered)
    marked = make_post(topic, somchai)
    react(member=malee, post=marked, kind="agree", on=True)
    for post in (old, answered, marked):
        edit_post(editor=somchai, post=post, body="คำอื่น")
        assert Revision.objects.filter(post=post).count() == 2


def test_a_topic_somebody_answered_keeps_what_was_answered(quiet, topic, malee):
    make_post(topic)
    openings.edit_topic(editor=malee, topic=topic, title=topic.title, body="ใหม่", tags=[])
    assert Revision.objects.count() == 2


# -- how long -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "days", "may"),
    [
        (TrustLevel.NEW, 0.9, True),
        (TrustLevel.NEW, 1.1, False),
        (TrustLevel.KNOWN, 29, True),
        (TrustLevel.KNOWN, 31, False),
        (TrustLevel.REGULAR, 4000, True),
        (TrustLevel.STEWARD, 4000, True),
    ],
)
def test_how_long_a_text_can_be_changed_follows_from_the_level(topic, level, days, may):
    writer = make_member(trust_level=level)
    post = aged(make_post(topic, writer), days=days)
    if may:
        assert edit_post(editor=writer, post=post, body="แก้").body == "แก้"
    else:
        with pytest.raises(NotAllowed) as error:
            edit_post(editor=writer, post=post, body="แก้")
        assert "วัน" in str(error.value.message)


def test_moderators_change_theirs_always_and_an_old_topic_can_still_be_deleted(topic, malee):
    moderator = make_member(is_staff=True)
    post = aged(make_post(topic, moderator), days=4000)
    assert edit_post(editor=moderator, post=post, body="แก้").body == "แก้"
    lonely = make_topic(malee, topic.board)
    Topic.objects.filter(pk=lonely.pk).update(created_at=timezone.now() - timedelta(days=9))
    with pytest.raises(NotAllowed):
        openings.edit_topic(editor=malee, topic=lonely, title="อื่น", body="อื่น", tags=[])
    openings.delete_topic(member=malee, topic=lonely)
    assert Topic.objects.get(pk=lonely.pk).deleted_at


# -- taken back ---------------------------------------------------------------------------------


def test_a_deletion_is_taken_back_within_an_hour_and_counts_again(topic, somchai):
    post = make_post(topic, somchai)
    delete_post(member=somchai, post=post)
    assert Topic.objects.get(pk=topic.pk).reply_count == 0
    take_back_deletion(member=somchai, post=post)
    assert Post.objects.get(pk=post.pk).deleted_at is None
    assert Topic.objects.get(pk=topic.pk).reply_count == 1


def test_not_later_not_by_others_and_not_past_a_moderator(topic, somchai, malee, moderator):
    post = make_post(topic, somchai)
    delete_post(member=somchai, post=post)
    with pytest.raises(NotAllowed):
        take_back_deletion(member=malee, post=post)
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now() - timedelta(minutes=61))
    with pytest.raises(NotAllowed):
        take_back_deletion(member=somchai, post=post)
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())
    hide_post(moderator=moderator, post=post, reason="โฆษณา")
    with pytest.raises(NotAllowed):
        take_back_deletion(member=somchai, post=post)


def test_only_its_author_sees_the_button_and_only_for_an_hour(topic, somchai, malee, as_):
    post = make_post(topic, somchai)
    delete_post(member=somchai, post=post)
    button = f"/p/{post.pk}/undelete/"
    url = topic.get_absolute_url()
    assert button in as_(somchai).get(url).content.decode()
    assert button not in as_(malee).get(url).content.decode()
    assert button not in as_(None).get(url).content.decode()
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now() - timedelta(minutes=61))
    assert button not in as_(somchai).get(url).content.decode()


def test_the_button_brings_it_back(topic, somchai, as_):
    post = make_post(topic, somchai)
    delete_post(member=somchai, post=post)
    answer = as_(somchai).post(f"/p/{post.pk}/undelete/", follow=True)
    assert "กลับมาอยู่ที่เดิม" in answer.content.decode()


def test_a_topic_is_taken_back_with_its_counts(topic, malee, board, as_):
    openings.delete_topic(member=malee, topic=topic)
    page = as_(malee).get(topic.get_absolute_url()).content.decode()
    assert f"/t/{topic.pk}/undelete/" in page
    assert as_(malee).post(f"/t/{topic.pk}/undelete/").status_code == 302
    board.refresh_from_db()
    assert (board.topic_count, Tag.objects.get(name="น้ำ").topic_count) == (1, 1)
    openings.take_back_deletion(member=Member.objects.get(pk=malee.pk), topic=topic)
