"""Being told what is new reads no more as marks, follows and posts grow: what PostgreSQL itself says it read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.reading.following.models import Follow, Level
from forums.reading.marks.models import ReaderState, ReadMark
from tests.benchmarks.plans import Work, queries_of, work_of
from tests.copies import copies
from tests.emptying import new_files
from tests.made_once import no_pace
from tests.make import make_board, make_member, make_post, make_topic

TOPICS, POSTS = 3000, 2000


@pytest.fixture
def malee(db) -> Member:
    """Made once the tables are new: the planner goes by their size."""
    new_files()
    return make_member("malee")


@pytest.fixture
def topic(malee) -> Topic:
    """One of many of these weeks; it has many posts, and Malee has read the first of them, and of all others all."""
    somchai = make_member("somchai")
    with no_pace():
        topic = make_topic(somchai, make_board())
        other = make_topic(somchai, topic.board)
        copies(other, TOPICS, last_post_at="last_post_at - n * interval '5 minutes'")
        post = make_post(topic, somchai)
    copies(
        post, POSTS, number="n + 1", submission="gen_random_uuid()",
        created_at="created_at + n * interval '1 second'",
    )  # fmt: skip
    last = post.created_at + timedelta(seconds=POSTS)
    Topic.objects.filter(pk=topic.pk).update(last_number=POSTS + 1, last_post_at=last)
    ReadMark.objects.bulk_create(
        ReadMark(member=malee, topic_id=pk, number=0, seen_at=at)
        for pk, at in Topic.objects.exclude(pk=topic.pk).values_list("pk", "last_post_at")
    )
    ReadMark.objects.create(member=malee, topic=topic, number=1, seen_at=post.created_at)
    Follow.objects.create(member=malee, board=topic.board, level=Level.TRACKING)
    ReaderState.objects.create(member=malee, here_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return topic


def read(client, address: str) -> Work:
    assert client.get(address).status_code == 200
    with queries_of() as found:
        client.get(address)
    return work_of(found)


def test_a_list_counts_a_hundred_posts_of_a_topic_and_asks_of_most_rows_two_columns(
    as_, malee, topic
):
    work = read(as_(malee), "/")
    assert work.by_table["forums_post"] <= 320, work
    assert work.by_table["forums_follow"] <= 20, (
        work
    )  # of one topic, each of the five things followed
    assert work.by_table["forums_readmark"] <= 20, work


def test_what_waits_is_looked_for_once_among_her_marks(as_, malee, topic):
    work = read(as_(malee), "/unread/")
    assert work.by_table["forums_post"] <= 520, work
    assert work.by_table["forums_follow"] <= 40, work
    assert work.rows <= 8_000, work  # her three thousand marks, and the topics among them
    assert work.pages <= 200, work  # 333, when each topic was read twice


def test_a_topics_page_learns_of_its_mark_by_the_way(as_, malee, topic):
    work = read(as_(malee), topic.get_absolute_url())
    assert work.by_table["forums_readmark"] <= 1, work
    assert work.by_table["forums_post"] <= 420, work
