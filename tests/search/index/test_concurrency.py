"""People write while the index is brought up to date: the last text is what is found."""

import random
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from accounts.models import Member
from forums.base.constant_sql import select
from forums.discussions.openings.actions import edit_topic
from forums.discussions.posts.actions import edit_post
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.search.index.models import SearchEntry
from forums.search.results.find import find
from forums.search.upkeep import actions
from forums.search.upkeep.actions import reindex_posts
from forums.text.words import INDEX_VERSION
from tests.make import make_member, make_post, make_topic
from tests.search.asking import asking
from tests.search.entries import entries, posts_with, remade

_WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def run(*jobs: Callable[[], object]) -> None:
    """Run each in a thread with a connection of its own; what one throws fails the test."""
    wrong: list[BaseException] = []

    def work(job: Callable[[], object]) -> None:
        try:
            job()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert wrong == []
    assert not any(thread.is_alive() for thread in threads)


def until_somebody_waits() -> None:
    deadline = time.monotonic() + 30
    while not (select("SELECT pg_stat_clear_snapshot()") and select(_WAITING)[0][0]):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def writer(transactional_db) -> Member:
    return make_member("writer", is_staff=True)


@pytest.fixture
def topic(writer) -> Topic:
    return make_topic(writer)


@pytest.fixture
def answer(topic, writer) -> Post:
    return make_post(topic, writer, body="เก็บใบไม้แห้ง")


def test_reindexing_waits_for_an_edit_that_is_not_yet_saved(answer, writer, monkeypatch):
    SearchEntry.objects.update(version=0)
    edited, prepared = threading.Event(), threading.Event()
    real = actions._lock

    def lock(ids):
        prepared.set()  # of the old text
        assert edited.wait(timeout=30)
        real(ids)

    def edit():
        assert prepared.wait(timeout=30)
        with transaction.atomic():
            edit_post(editor=writer, post=answer, body="ทำปุ๋ยหมัก")
            edited.set()
            until_somebody_waits()

    monkeypatch.setattr(actions, "_lock", lock)
    run(edit, lambda: reindex_posts(after=0, size=100))
    assert (posts_with("ใบไม้"), posts_with("ปุ๋ย")) == ([], [answer.pk])
    assert entries() == remade()


def test_an_edit_waits_for_reindexing_and_is_not_overwritten(answer, writer, monkeypatch):
    SearchEntry.objects.update(version=0)
    locked = threading.Event()
    real = actions.write

    def write(made):
        real(made)
        locked.set()
        until_somebody_waits()

    def edit():
        assert locked.wait(timeout=30)
        edit_post(editor=writer, post=answer, body="ทำปุ๋ยหมัก")

    monkeypatch.setattr(actions, "write", write)
    run(edit, lambda: reindex_posts(after=0, size=100))
    monkeypatch.undo()
    assert (posts_with("ใบไม้"), posts_with("ปุ๋ย")) == ([], [answer.pk])
    assert entries() == remade()


def test_many_edits_and_two_reindexings_at_once_leave_a_true_index(topic, writer):
    posts = [make_post(topic, writer, body=f"ข้อที่ {n}") for n in range(8)]
    start = threading.Barrier(4)

    def edits(seed: int) -> Callable[[], None]:
        def edit() -> None:
            rng = random.Random(seed)
            start.wait(timeout=30)
            for n in range(20):
                body = f"คน {seed} ครั้งที่ {n}"
                if n % 5:
                    edit_post(editor=writer, post=rng.choice(posts), body=body)
                else:
                    edit_topic(editor=writer, topic=topic, title=body, body=body, tags=[f"t{n}"])

        return edit

    def reindex() -> None:
        start.wait(timeout=30)
        for _ in range(6):
            after: int | None = 0
            while after is not None:
                after, _done, failed = reindex_posts(after=after, size=3, everything=True)
                assert failed == []

    run(edits(1), edits(2), reindex, reindex)
    assert entries() == remade()


def test_two_at_once_write_each_entry_once(topic, writer):
    for n in range(40):
        make_post(topic, writer, body=f"ข้อที่ {n}")
    right = entries()
    SearchEntry.objects.all().delete()
    both, done = threading.Barrier(2), []

    def reindex() -> None:
        both.wait(timeout=30)
        after: int | None = 0
        while after is not None:
            after, count, failed = reindex_posts(after=after, size=7)
            done.append(count)
            assert failed == []

    run(reindex, reindex)
    assert sum(done) == len(right) == 41
    assert entries() == right


def test_while_the_version_before_still_writes_every_post_is_found_and_the_end_is_all_of_the_new_form(
    topic, writer
):
    posts = [make_post(topic, writer, body=f"แยกขยะข้อที่ {n}") for n in range(6)]
    everyone = {post.pk for post in posts}
    SearchEntry.objects.update(version=INDEX_VERSION - 1)
    start, written, found = threading.Barrier(3), threading.Event(), []

    def go_on_serving_the_old() -> None:
        rng = random.Random(1)
        start.wait(timeout=30)
        for n in range(40):
            post = rng.choice(posts)
            with transaction.atomic():
                edit_post(editor=writer, post=post, body=f"แยกขยะครั้งที่ {n}")
                SearchEntry.objects.filter(pk=post.pk).update(version=INDEX_VERSION - 1)
        written.set()

    def reindex() -> None:
        start.wait(timeout=30)
        last = False
        while not last:
            last = written.is_set()  # before the pass that finds what was written until then
            after: int | None = 0
            while after is not None:
                after, _done, failed = reindex_posts(after=after, size=2)
                assert failed == []

    def look() -> None:
        start.wait(timeout=30)
        while not written.is_set():
            found.append({hit.post_id for hit in find(asking("ขยะ"), member=None).matches})

    run(go_on_serving_the_old, reindex, look)
    assert found
    assert all(one == everyone for one in found)
    assert {version for *_, version in entries().values()} == {INDEX_VERSION}
    assert entries() == remade()
