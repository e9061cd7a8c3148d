"""Topics slowed down, closed at a time, taken off all lists, archived: what follows, and each undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed, SlowTopic, TopicLocked
from forums.discussions.posts.actions import edit_post, react, reply
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Role
from forums.moderation.actions import hide_topic, unhide_topic
from forums.moderation.models import Act, Decision
from forums.moderation.topics import actions
from forums.tags.models import Tag
from tests.make import join, make_board_of, make_member, make_network, make_post, make_topic

WHY = "คุยกันเร็วเกินจะฟังกันทัน"


@pytest.fixture
def topic(malee, board):
    return make_topic(malee, board, tags=["น้ำ"])


def test_a_slow_topic_takes_one_text_a_member_in_so_many_minutes(topic, somchai, moderator):
    actions.slow_down(moderator=moderator, topic=topic, minutes=10, reason=WHY)
    first = reply(author=somchai, topic=topic, body="หนึ่ง")
    with pytest.raises(SlowTopic) as error:
        reply(author=somchai, topic=topic, body="สอง")
    assert error.value.status == 429
    assert "ทุก 10 นาที" in str(error.value.message)
    reply(author=make_member(), topic=topic, body="คนอื่น")
    reply(author=moderator, topic=topic, body="ผู้ดูแล")
    reply(author=moderator, topic=topic, body="ผู้ดูแลอีกครั้ง")
    long_ago = timezone.now() - timedelta(minutes=11)
    Post.objects.filter(pk=first.pk).update(created_at=long_ago)
    reply(author=somchai, topic=topic, body="สอง")
    actions.let_run(moderator=moderator, topic=topic, reason="ฟังกันแล้ว")
    reply(author=somchai, topic=topic, body="สาม")


def test_a_topic_closes_by_itself_without_any_job(topic, somchai, moderator):
    at = timezone.now() + timedelta(hours=1)
    decision = actions.close_at(moderator=moderator, topic=topic, at=at, reason=WHY)
    assert decision.until == at
    reply(author=somchai, topic=topic, body="ยังทัน")
    Topic.objects.filter(pk=topic.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(TopicLocked):
        reply(author=somchai, topic=topic, body="ไม่ทัน")
    actions.keep_open(moderator=moderator, topic=topic, reason="ยังคุยกันอยู่")
    reply(author=somchai, topic=topic, body="คุยต่อ")


@pytest.mark.parametrize("hours", [-1, 24 * 400])
def test_the_time_lies_ahead_and_not_too_far(topic, moderator, hours):
    at = timezone.now() + timedelta(hours=hours)
    with pytest.raises(BadText):
        actions.close_at(moderator=moderator, topic=topic, at=at, reason=WHY)


def test_an_unlisted_topic_is_read_by_its_address_and_stands_nowhere(
    topic, somchai, moderator, board, as_
):
    def listed():
        board.refresh_from_db()
        on_lists = Topic.objects.for_list(somchai).filter(pk=topic.pk).exists()
        return on_lists, board.topic_count, Tag.objects.get(name="น้ำ").topic_count

    assert listed() == (True, 1, 1)
    actions.take_off_lists(moderator=moderator, topic=topic, reason=WHY)
    assert listed() == (False, 0, 0)
    there = as_(None).get(topic.get_absolute_url())
    assert there.status_code == 200
    assert '<meta name="robots" content="noindex">' in there.content.decode()
    for path in ("/new/", board.get_absolute_url(), "/feed/", "/search/?q=น้ำ"):
        assert topic.title not in as_(None).get(path).content.decode(), path
    hide_topic(moderator=moderator, topic=topic, reason=WHY)
    unhide_topic(moderator=moderator, topic=topic, reason=WHY)
    assert listed() == (False, 0, 0)
    actions.relist(moderator=moderator, topic=topic, reason="แก้แล้ว")
    assert listed() == (True, 1, 1)


def test_an_archived_topic_is_written_changed_and_marked_by_nobody(topic, malee, moderator):
    post = make_post(topic, malee)
    actions.archive(moderator=moderator, topic=topic, reason=WHY)
    for work in (
        lambda: reply(author=moderator, topic=topic, body="ผู้ดูแลก็ไม่"),
        lambda: edit_post(editor=malee, post=post, body="แก้"),
        lambda: react(member=moderator, post=post, kind="useful", on=True),
    ):
        with pytest.raises((NotAllowed, TopicLocked)):
            work()
    actions.reopen(moderator=moderator, topic=topic, reason="มีเรื่องใหม่")
    reply(author=moderator, topic=topic, body="คุยต่อ")


PAIRS = [
    (lambda **a: actions.slow_down(minutes=5, **a), actions.let_run),
    (
        lambda **a: actions.close_at(at=timezone.now() + timedelta(days=1), **a),
        actions.keep_open,
    ),
    (actions.take_off_lists, actions.relist),
    (actions.archive, actions.reopen),
]


@pytest.mark.parametrize(("act", "undo"), PAIRS)
def test_each_is_done_once_undone_once_and_written_down(topic, moderator, act, undo):
    assert undo(moderator=moderator, topic=topic, reason=WHY) is None
    decision = act(moderator=moderator, topic=topic, reason=WHY)
    assert (decision.topic, decision.reason) == (topic, WHY)
    if act is not PAIRS[1][0]:  # another time is another decision
        assert act(moderator=moderator, topic=topic, reason=WHY) is None
    assert undo(moderator=moderator, topic=topic, reason=WHY) is not None
    assert undo(moderator=moderator, topic=topic, reason=WHY) is None


@pytest.mark.parametrize(("act", "undo"), PAIRS)
def test_a_network_moderator_decides_in_its_boards_and_takes_back_only_what_she_may(
    malee, somchai, moderator, network, act, undo
):
    keeper = make_member()
    join(network, keeper, role=Role.MODERATOR)
    topic = make_topic(malee, make_board_of(network, "everyone"))
    elsewhere = make_topic(somchai, make_board_of_another())
    with pytest.raises(NotAllowed):
        act(moderator=keeper, topic=elsewhere, reason=WHY)
    decision = act(moderator=keeper, topic=topic, reason=WHY)
    assert decision.details["network"] == network.pk
    assert undo(moderator=keeper, topic=topic, reason=WHY) is not None
    act(moderator=moderator, topic=topic, reason=WHY)
    with pytest.raises(NotAllowed):
        undo(moderator=keeper, topic=topic, reason=WHY)
    assert Decision.objects.filter(act__in=[each.value for each in Act]).count() == 3


def make_board_of_another():
    return make_board_of(make_network("อีกเครือข่าย", make_member()), "everyone")
