"""How far one has read: what moves a mark, and what is unread after it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.discussions.topics import lists
from forums.discussions.topics.models import Topic
from forums.reading.following.models import Follow, Level
from forums.reading.marks.models import ReadMark
from tests.made_once import no_pace
from tests.make import make_member, make_post, make_topic


@pytest.fixture(autouse=True)
def _any_pace():
    with no_pace():
        yield


@pytest.fixture
def topic(somchai, malee) -> Topic:
    """Of somebody else; Malee follows it."""
    topic = make_topic(somchai)
    Follow.objects.create(member=malee, topic=topic, level=Level.TRACKING)
    return topic


def mark(member, topic) -> ReadMark | None:
    return ReadMark.objects.filter(member=member, topic=topic).first()


def said(member, topic) -> tuple[str, str]:
    """What a list's row says to her, and where it leads."""
    member.__dict__.pop("_known", None)
    (row,) = lists.chosen([topic.pk], member=member)
    return (row.news.label, row.news.url) if row.news else ("", "")


def comments(topic, author, count: int) -> list[Post]:
    return [make_post(topic, author, body=f"ความคิดเห็น {n} ของ {topic.pk}") for n in range(count)]


def read(as_, member, topic, query: str = "") -> None:
    answer = as_(member).get(topic.get_absolute_url() + query)
    assert answer.status_code == 200


def test_a_topic_never_opened_is_new_until_it_is_opened(as_, malee, topic):
    assert said(malee, topic) == ("กระทู้ใหม่", "")
    read(as_, malee, topic)
    assert said(malee, topic) == ("", "")


def test_the_mark_is_the_last_post_of_the_page_that_was_served(as_, malee, somchai, topic):
    posts = comments(topic, somchai, 45)
    read(as_, malee, topic)
    assert mark(malee, topic).number == 20
    assert said(malee, topic) == ("ใหม่ 25", f"/p/{posts[20].pk}/")
    read(as_, malee, topic, "?page=last")
    assert mark(malee, topic).number == 45
    assert said(malee, topic) == ("", "")


def test_a_mark_never_goes_back(as_, malee, somchai, topic):
    comments(topic, somchai, 25)
    read(as_, malee, topic, "?page=2")
    before = mark(malee, topic)
    read(as_, malee, topic)
    after = mark(malee, topic)
    assert (after.number, after.seen_at) == (before.number, before.seen_at)


def test_a_late_reply_under_a_read_comment_is_unread_and_leads_there(as_, malee, somchai, topic):
    first, *_others = comments(topic, somchai, 25)
    read(as_, malee, topic, "?page=2")
    late = make_post(topic, somchai, body="มาช้า", parent=first)
    assert said(malee, topic) == ("ใหม่ 1", f"/p/{late.pk}/")
    read(as_, malee, topic, "?page=2")
    assert said(malee, topic) == ("ใหม่ 1", f"/p/{late.pk}/")
    read(as_, malee, topic)
    assert said(malee, topic) == ("", "")


def test_of_two_late_replies_the_page_of_one_leaves_the_other_unread(as_, malee, somchai, topic):
    posts = comments(topic, somchai, 25)
    read(as_, malee, topic, "?page=2")
    other = make_post(topic, somchai, body="มาช้าหน้าสอง", parent=posts[24])
    make_post(topic, somchai, body="มาช้าหน้าแรก", parent=posts[0])
    read(as_, malee, topic)
    assert said(malee, topic) == ("ใหม่ 2", f"/p/{posts[0].thread.get().pk}/")
    read(as_, malee, topic, "?page=2")
    assert said(malee, topic)[0] == "ใหม่ 1"
    assert other.pk
    read(as_, malee, topic)
    assert said(malee, topic) == ("", "")


def test_what_stands_beyond_the_mark_stays_unread_though_a_newer_reply_was_served(
    as_, malee, somchai, topic
):
    posts = comments(topic, somchai, 25)
    make_post(topic, somchai, body="ตอบทีหลัง", parent=posts[0])
    read(as_, malee, topic)
    assert said(malee, topic) == ("ใหม่ 5", f"/p/{posts[20].pk}/")


def test_a_reply_beyond_the_tenth_leads_to_the_threads_page_which_marks_it(
    as_, malee, somchai, topic
):
    (comment,) = comments(topic, somchai, 1)
    for n in range(10):
        make_post(topic, somchai, body=f"ตอบ {n}", parent=comment)
    read(as_, malee, topic)
    last = make_post(topic, somchai, body="ตอบที่สิบเอ็ด", parent=comment)
    assert said(malee, topic) == ("ใหม่ 1", f"/p/{last.pk}/")
    assert as_(malee).get(f"/p/{last.pk}/", follow=True).status_code == 200
    assert said(malee, topic) == ("", "")


def test_her_own_posts_hidden_ones_and_those_of_the_blocked_are_not_new(as_, malee, somchai, topic):
    read(as_, malee, topic)
    make_post(topic, malee, body="ของมาลีเอง")
    hidden = make_post(topic, somchai, body="ซ่อนแล้ว")
    Post.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    assert said(malee, topic) == ("", "")


@pytest.mark.parametrize(
    ("level", "expected"),
    [(Level.MUTED, ""), (Level.NORMAL, ""), (Level.TRACKING, "ใหม่ 1"), (Level.WATCHING, "ใหม่ 1")],
)
def test_only_what_she_follows_is_unread(as_, malee, somchai, topic, level, expected):
    read(as_, malee, topic)
    make_post(topic, somchai, body="มาใหม่")
    Follow.objects.update(level=level)
    assert said(malee, topic)[0] == expected


def test_a_muted_topic_is_not_new(malee, topic):
    Follow.objects.update(level=Level.MUTED)
    assert said(malee, topic) == ("", "")


def test_nothing_older_than_her_window_is_new(as_, malee, somchai, topic):
    read(as_, malee, topic)
    make_post(topic, somchai, body="เก่าไปแล้ว")
    old = timezone.now() - timedelta(days=15)
    ReadMark.objects.update(seen_at=old - timedelta(days=1))
    Post.objects.filter(number=1).update(created_at=old)
    Topic.objects.update(last_post_at=old)
    assert said(malee, topic) == ("", "")


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}],
)
def test_what_is_fetched_ahead_is_not_read(as_, malee, topic, headers):
    as_(malee).get(topic.get_absolute_url(), headers=headers)
    assert mark(malee, topic) is None


def test_nor_is_what_only_its_head_is_asked_of_and_a_visitor_has_no_mark(as_, malee, topic):
    as_(malee).head(topic.get_absolute_url())
    as_(None).get(topic.get_absolute_url())
    assert not ReadMark.objects.exists()


def test_a_page_that_shows_nothing_new_writes_nothing_and_asks_no_query_more(
    as_, malee, somchai, topic, django_assert_num_queries
):
    comments(topic, somchai, 3)
    client = as_(malee)
    client.get(topic.get_absolute_url())
    with django_assert_num_queries(6):
        client.get(topic.get_absolute_url())


def test_the_page_says_from_where_it_is_new(as_, malee, somchai, topic):
    comments(topic, somchai, 2)
    client = as_(malee)
    first = client.get(topic.get_absolute_url()).text
    assert "ใหม่จากตรงนี้" not in first
    assert 'class="is-new"' not in first
    post = make_post(topic, somchai, body="มาใหม่")
    later = client.get(topic.get_absolute_url()).text
    assert later.index("ใหม่จากตรงนี้") < later.index(f'id="p{post.pk}"')
    assert f'href="#p{post.pk}"' in later
    assert later.count('class="is-new"') == 1
    assert "ใหม่จากตรงนี้" not in client.get(topic.get_absolute_url()).text


def test_nobody_else_is_told_what_she_read(as_, malee, topic):
    read(as_, malee, topic)
    other = make_member()
    page = as_(other).get(topic.get_absolute_url())
    assert page.context["news"] is None
