"""Deleting by a moderator: placeholders, counters, who is told, all that went back again."""

import pytest

from forums.base.errors import BadText, NotAllowed
from forums.discussions.posts.actions import reply
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.actions import hide_post, unhide_post
from forums.moderation.models import Act, Decision
from forums.moderation.posts import actions
from tests.make import make_member, make_topic

WHY = "ทั้งกลุ่มนี้ด่ากันอย่างเดียว"


@pytest.fixture
def talk(malee, somchai, board):
    """A comment, an answer, an answer to that, another answer; and another comment."""
    topic = make_topic(malee, board)
    comment = reply(author=somchai, topic=topic, body="ต้นเรื่อง")
    answer = reply(author=malee, topic=topic, body="ตอบ", parent=comment)
    deep = reply(author=somchai, topic=topic, body="ตอบกลับ", parent=answer)
    beside = reply(author=make_member(), topic=topic, body="อีกคำตอบ", parent=comment)
    other = reply(author=malee, topic=topic, body="เรื่องอื่น")
    return topic, comment, answer, deep, beside, other


def shown(topic):
    return list(topic.posts.shown().filter(number__gt=0).order_by("pk"))


def test_a_deleted_post_leaves_a_placeholder_and_is_for_moderators_only(talk, moderator, as_):
    topic, comment, *others = talk
    decision = actions.delete(moderator=moderator, post=comment, reason=WHY)
    assert (decision.act, decision.post) == (Act.DELETE, comment)
    assert shown(topic) == others
    assert Topic.objects.get(pk=topic.pk).reply_count == 4
    page = as_(comment.author).get(topic.get_absolute_url()).content.decode()
    assert f'id="p{comment.pk}"' in page
    assert "ต้นเรื่อง" not in page
    assert "ต้นเรื่อง" not in as_(comment.author).get(f"/p/{comment.pk}/words/").content.decode()
    desk = as_(moderator).get(f"/admin/forums/post/{comment.pk}/change/").content.decode()
    assert "ต้นเรื่อง" in desk
    actions.bring_back(moderator=moderator, post=comment, reason="เข้าใจผิด")
    assert shown(topic) == [comment, *others]
    assert Topic.objects.get(pk=topic.pk).reply_count == 5


def test_with_its_replies_goes_all_that_answers_it_and_each_author_is_told(talk, moderator):
    topic, comment, answer, deep, beside, other = talk
    actions.delete(moderator=moderator, post=answer, reason=WHY, with_replies=True)
    assert shown(topic) == [comment, beside, other]
    about = Decision.objects.filter(act=Act.DELETE).values_list("post", flat=True)
    assert set(about) == {answer.pk, deep.pk}
    actions.bring_back(moderator=moderator, post=answer, reason="เข้าใจผิด")
    assert shown(topic) == [comment, answer, deep, beside, other]
    assert Decision.objects.filter(act=Act.UNDELETE).count() == 2


def test_what_was_deleted_before_stays_as_it_was_decided(talk, moderator):
    topic, comment, answer, deep, _beside, _other = talk
    actions.delete(moderator=moderator, post=deep, reason=WHY)
    actions.delete(moderator=moderator, post=comment, reason=WHY, with_replies=True)
    actions.bring_back(moderator=moderator, post=comment, reason=WHY)
    assert deep not in shown(topic)
    assert answer in shown(topic)


def test_deleting_is_no_hiding_and_is_not_undone_as_one(talk, moderator):
    _topic, comment, *_others = talk
    hide_post(moderator=moderator, post=comment, reason=WHY)
    actions.delete(moderator=moderator, post=comment, reason=WHY)
    assert actions.delete(moderator=moderator, post=comment, reason=WHY) is None
    assert unhide_post(moderator=moderator, post=comment, reason=WHY) is None
    assert Post.objects.get(pk=comment.pk).hidden_at is not None


def test_the_topics_own_text_goes_with_the_topic(talk, moderator):
    opening = talk[0].posts.get(number=0)
    with pytest.raises(BadText):
        actions.delete(moderator=moderator, post=opening, reason=WHY)


def test_an_author_deletes_nothing_in_the_moderators_way(talk):
    topic, comment, *_others = talk
    with pytest.raises(NotAllowed):
        actions.delete(moderator=comment.author, post=comment, reason=WHY)
    with pytest.raises(NotAllowed):
        actions.delete(moderator=topic.author, post=comment, reason=WHY)


def test_what_was_hidden_before_is_hidden_again_when_it_is_brought_back(talk, moderator):
    topic, comment, answer, deep, beside, other = talk
    hide_post(moderator=moderator, post=answer, reason=WHY)
    actions.delete(moderator=moderator, post=comment, reason=WHY, with_replies=True)
    assert shown(topic) == [other]
    actions.bring_back(moderator=moderator, post=comment, reason="เข้าใจผิด")
    assert shown(topic) == [comment, deep, beside, other]
    assert Topic.objects.get(pk=topic.pk).reply_count == 4
