"""What a counter costs: PostgreSQL writes a row anew beside itself, and leaves its indexes alone where it can."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from forums.activities.models import Activity
from forums.discussions.posts.actions import react
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.counters import admit
from forums.groups.networks.locks import lock_network
from forums.groups.networks.models import Network
from forums.reading.marks.models import ReadMark
from tests.make import make_member, make_network, make_post, make_topic

_WRITTEN = "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = %s"


def written(model: Any) -> tuple[int, int]:
    """How many rows of a table were written anew in this test, and of how many no index knows."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [model._meta.db_table])
        upd, hot = cursor.fetchone()
        return upd, hot


@contextmanager
def index_entries(model: Any, *, at_most: int) -> Iterator[None]:
    """So many rows of the table, at most, are written into its indexes inside."""
    before = written(model)
    yield
    upd, hot = (now - then for now, then in zip(written(model), before, strict=True))
    assert upd - hot <= at_most, f"{upd} written, {hot} beside themselves"


def test_a_mark_moves_its_post_in_no_index_whoever_speaks(malee):
    forest = make_network("คนรักป่า", malee)
    topic = make_topic()
    for post in (make_post(topic), make_post(topic, malee, speak_from=forest.pk)):
        with index_entries(Post, at_most=0):
            for kind in ("useful", "agree"):
                react(member=make_member(), post=post, kind=kind, on=True)
                react(member=make_member(), post=post, kind=kind, on=True)


def test_a_mark_in_a_topic_with_many_moves_it_in_no_index(malee):
    topic = make_topic()
    post = make_post(topic)
    Topic.objects.filter(pk=topic.pk).update(reply_count=150, useful_count=50)
    react(member=make_member(), post=post, kind="useful", on=True)  # puts its place right
    with index_entries(Topic, at_most=0):
        for _ in range(3):
            react(member=make_member(), post=post, kind="useful", on=True)
        react(member=malee, post=post, kind="agree", on=True)


def test_whoever_joins_the_network_is_written_once(malee):
    network = make_network("คนรักคลอง", malee)
    before = written(Network)[0]
    admit(lock_network(network.pk), make_member())
    assert written(Network)[0] - before == 1


def test_there_is_room_beside_a_row_whose_counters_move(db):
    assert roomy(80) == {model._meta.db_table for model in (Post, Network)}
    assert roomy(85) == {model._meta.db_table for model in (Topic, Activity, ReadMark)}


def roomy(full: int) -> set[str]:
    """The tables whose pages are filled so far, in percent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE %s = ANY(reloptions)", [f"fillfactor={full}"]
        )
        return {name for (name,) in cursor.fetchall()}
