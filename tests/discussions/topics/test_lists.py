"""forums.discussions.topics.lists: orders, pages and rows."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from forums.discussions.boards.models import Access
from forums.discussions.topics import lists
from forums.discussions.topics.models import Topic
from forums.moderation import actions as moderation
from forums.tags.models import Tag
from tests.make import make_board, make_member, make_post, make_topic


def titles(page):
    return [row.title for row in page.rows]


def many_topics(count, board):
    author = make_member(is_staff=True)
    now = timezone.now()
    for n in range(count):
        topic = make_topic(author, board, title=f"กระทู้ {n:02}")
        moment = now - timedelta(minutes=count - n)
        Topic.objects.filter(pk=topic.pk).update(created_at=moment, last_post_at=moment)


def turn(query_string):
    name, _, value = query_string.partition("=")
    return {name: value}


@pytest.mark.parametrize("order", [lists.latest, lists.newest, lists.hot, lists.unanswered])
def test_turning_pages_back_and_forth_meets_every_topic_once(board, visitor, order):
    many_topics(45, board)
    first = order({}, member=visitor)
    second = order(turn(first.next), member=visitor)
    third = order(turn(second.next), member=visitor)
    assert [len(page.rows) for page in (first, second, third)] == [20, 20, 5]
    assert len(set(titles(first) + titles(second) + titles(third))) == 45
    assert third.next == ""
    assert titles(order(turn(third.previous), member=visitor)) == titles(second)
    assert titles(order(turn(second.previous), member=visitor)) == titles(first)


def test_latest_follows_the_last_post_and_new_the_first(malee, board, visitor):
    old, new = make_topic(malee, board, title="เก่า"), make_topic(malee, board, title="ใหม่")
    make_post(old)
    assert titles(lists.latest({}, member=visitor)) == ["เก่า", "ใหม่"]
    assert titles(lists.newest({}, member=visitor)) == ["ใหม่", "เก่า"]
    assert titles(lists.unanswered({}, member=visitor)) == ["ใหม่"]
    assert titles(lists.hot({}, member=visitor))[0] == "เก่า"
    assert new.hot < Topic.objects.get(pk=old.pk).hot


def test_a_row_says_who_took_part_lately(malee, somchai, board, visitor):
    topic = make_topic(malee, board)
    make_post(topic, somchai)
    (row,) = lists.latest({}, member=visitor).rows
    assert [person.name for person in row.people] == ["มาลี คำหล้า", "สมชาย ตั้งใจดี"]
    assert (row.author.name, row.replies) == ("มาลี คำหล้า", "1")


def test_lists_leave_out_what_one_may_not_read(malee, moderator, visitor):
    make_topic(malee, make_board(), title="เปิด")
    make_topic(malee, make_board(read=Access.MEMBERS), title="สมาชิก")
    make_topic(moderator, make_board(read=Access.STAFF), title="ผู้ดูแล")
    hidden = make_topic(malee, make_board(), title="ซ่อน")
    moderation.hide_topic(moderator=moderator, topic=hidden, reason="ลอง")

    def seen(member):
        return set(titles(lists.latest({}, member=member)))

    assert seen(visitor) == {"เปิด"}
    assert seen(malee) == {"เปิด", "สมาชิก"}
    assert seen(moderator) == {"เปิด", "สมาชิก", "ผู้ดูแล"}


@pytest.mark.parametrize(
    "cursor", ["x", "1", "1_2_3", "_", "99999999999999999999_1", "-1_1", "1_x", "๑_๒", "1e400_1"]
)
@pytest.mark.parametrize("order", [lists.latest, lists.hot])
def test_a_mangled_page_address_is_404(db, visitor, cursor, order):
    with pytest.raises(Http404):
        order({"before": cursor}, member=visitor)


@pytest.mark.parametrize("count", [2, 20])
def test_a_list_takes_two_queries_however_long(board, visitor, django_assert_num_queries, count):
    many_topics(count, board)
    with django_assert_num_queries(2):
        lists.latest({}, member=visitor)


def test_a_list_may_be_of_one_board_one_tag_or_one_author(malee, somchai, board, visitor):
    here = make_topic(malee, board, title="ที่นี่", tags=["คลอง"])
    make_topic(somchai, make_board(), title="ที่อื่น", tags=["ป่า"])
    tag = Tag.objects.get(name="คลอง")
    for among in (lists.in_board(board), lists.with_tag(tag), lists.started_by(malee)):
        assert titles(lists.newest({}, member=visitor, among=among)) == ["ที่นี่"]
    moderation.hide_topic(moderator=make_member(is_staff=True), topic=here, reason="ลอง")
    assert titles(lists.newest({}, member=visitor, among=lists.with_tag(tag))) == []


def test_pinned_topics_stand_apart_on_a_boards_first_page_only(board, visitor):
    many_topics(25, board)
    pinned = Topic.objects.get(title="กระทู้ 03")
    Topic.objects.filter(pk=pinned.pk).update(pinned_at=timezone.now())
    first = lists.of_board(board, {}, member=visitor)
    assert [row.title for row in first.apart] == ["กระทู้ 03"]
    second = lists.of_board(board, turn(first.next), member=visitor)
    assert not second.apart
    assert len(first.rows) + len(second.rows) == 24
    assert "กระทู้ 03" not in titles(first) + titles(second)
