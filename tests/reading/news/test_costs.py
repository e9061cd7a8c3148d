"""What it costs that a thousand watch: nothing where one replies, little where they are told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from forums.discussions.boards.models import OpenTo
from forums.discussions.posts.models import Post
from forums.groups.memberships.models import Membership
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Notification
from forums.reading.following.models import Follow, Level
from tests.make import make_member, make_network, make_network_board, make_post, make_topic
from tests.timing import assert_quick

MANY = 1000


@pytest.fixture
def crowd(db):
    """A thousand members."""
    crowd = [Member(handle=f"w{n}", email=f"w{n}@example.org") for n in range(MANY)]
    for each in crowd:
        each.derive()
    return Member.objects.bulk_create(crowd)


def watched(topic, crowd):
    Follow.objects.bulk_create(
        Follow(member=each, topic=topic, level=Level.WATCHING) for each in crowd
    )
    return topic


def test_a_reply_where_a_thousand_watch_asks_as_much_as_any(crowd):
    plain, loud = make_topic(), watched(make_topic(), crowd)
    counts = []
    for topic in (plain, loud):
        make_post(topic)  # whatever is remembered, is
        author = make_member()
        with CaptureQueriesContext(connection) as asked:
            make_post(topic, author)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def assert_told_quickly(topic, author):
    """That one more text is told to all who watch, in two seconds of the processor."""
    spread()

    def tell():
        Notification.objects.all().delete()
        make_post(topic, author, body=f"ข้อความที่ {Post.objects.count()}")
        assert spread() >= MANY

    assert_quick(tell, within=2)


def test_a_thousand_are_told_quickly(crowd):
    topic = watched(make_topic(), crowd)
    assert_told_quickly(topic, topic.author)


def test_also_where_each_is_asked_whether_she_may_read_it(crowd):
    network = make_network()
    Membership.objects.bulk_create(
        Membership(network=network, member=each, sort_key=each.sort_key) for each in crowd
    )
    board = make_network_board(network, OpenTo.NETWORK)
    assert_told_quickly(
        watched(make_topic(network.registered_by, board), crowd), network.registered_by
    )
