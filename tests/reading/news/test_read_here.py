"""A line is read too when its reader opens its place by another way: the page that shows the newest post it tells of."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.discussions.posts.actions import react
from forums.discussions.posts.models import ReactionKind
from forums.notifications.inbox import actions
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Notification
from tests.make import make_member, make_post, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(malee):
    return make_topic(malee)


def unread(member):
    spread()
    found = Notification.objects.filter(member=member, read_at=None)
    return sorted(found.values_list("kind", flat=True))


def test_who_opens_the_topic_has_read_what_stands_on_its_page(as_, topic, malee, somchai):
    post = make_post(topic, somchai, body="@malee ว่าไง")
    other = make_topic(malee)
    make_post(other, somchai, body="อีกที่หนึ่ง")
    react(member=somchai, post=topic.posts.get(number=0), kind=ReactionKind.USEFUL, on=True)
    assert unread(malee) == ["marked", "replied", "replied"]
    as_(malee).get(topic.get_absolute_url())
    assert unread(malee) == ["replied"]
    assert Notification.objects.get(member=malee, read_at=None).things != [post.pk]


def test_the_newest_post_it_tells_of_decides(as_, topic, malee):
    posts = [make_post(topic) for _each in range(25)]
    assert unread(malee) == ["replied"]
    as_(malee).get(topic.get_absolute_url())
    assert unread(malee) == ["replied"]
    as_(malee).get(f"{topic.get_absolute_url()}?page=2")
    assert unread(malee) == []
    make_post(topic, parent=posts[0], body="@malee")
    assert unread(malee) == ["named"]
    as_(malee).get(f"/p/{posts[0].pk}/thread/")
    assert unread(malee) == []


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose"])
def test_what_is_fetched_ahead_reads_nothing(as_, topic, malee, header):
    make_post(topic)
    assert unread(malee) == ["replied"]
    as_(malee).get(topic.get_absolute_url(), headers={header: "prefetch"})
    as_(malee).head(topic.get_absolute_url())
    as_(None).get(topic.get_absolute_url())
    assert unread(malee) == ["replied"]


def test_what_is_told_meanwhile_stays(topic, malee):
    served = make_post(topic)
    spread()
    make_post(topic)
    spread()
    actions.mark_shown(member_id=malee.pk, posts=[served.pk])
    assert unread(malee) == ["replied"]


def test_another_members_lines_stay(topic, malee, somchai):
    post = make_post(topic, somchai)
    make_post(topic, parent=post)
    assert (unread(malee), unread(somchai)) == (["replied"], ["replied"])
    actions.mark_shown(member_id=malee.pk, posts=list(topic.posts.values_list("pk", flat=True)))
    assert unread(somchai) == ["replied"]


def statements(client, topic):
    """How much the page reads, and how often lines are written when it has gone out."""
    with CaptureQueriesContext(connection) as asked:
        client.get(topic.get_absolute_url())
    said = [each["sql"] for each in asked]
    reads = [sql for sql in said if not re.search("INSERT|UPDATE|SAVEPOINT", sql)]
    return len(reads), sum("UPDATE forums_notification" in sql for sql in said)


def test_the_page_asks_no_more_and_one_statement_follows_where_something_is_unread(
    as_, topic, malee
):
    client = as_(malee)
    statements(client, topic)  # whatever is remembered, is
    make_post(topic)
    asked, written = statements(client, topic)
    assert written == 0
    spread()
    assert statements(client, topic) == (asked, 1)
    assert statements(client, topic) == (asked, 0)
    for _each in range(3):
        make_post(topic, make_member())
    spread()
    assert statements(client, topic) == (asked, 1)
