"""Made-up posts in bulk: without indexes, by several processes, stopped at any point."""

import time

import pytest
from django.core.management import CommandError
from django.db import connection

from forums.base.advisory_locks import Lock
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.imports.load.filling import FILLED
from tests.management.commands import killed_once, recount, seed_load


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")
        return {definition for (definition,) in cursor.fetchall()}


@pytest.mark.django_db
def test_in_bulk_every_index_stands_again_and_every_reference_is_to_something():
    before = indexes()
    seed_load(posts=400, members=30, long_topic=120, networks=4, bulk=True)
    assert Post.objects.count() == 400
    assert indexes() == before
    for model in FILLED:
        for field in model._meta.local_concrete_fields:
            if field.is_relation:
                there = field.related_model._default_manager.all()
                known = model._default_manager.exclude(**{field.name: None})
                assert not known.exclude(**{f"{field.name}__in": there}).exists(), field


_BULK = """
    import sys
    from django.conf import settings
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    import django
    django.setup()
    from django.core.management import call_command
    from forums.management.commands import seed_load
    seed_load.POSTS = 200
    call_command("seed_load", posts=6000, members=30, long_topic=400, networks=5, bulk=True, processes=2)
"""
_OTHERS = """SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


def others_at_work() -> set[int]:
    """PostgreSQL's processes that serve others; a browser's test before this one may have left some."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS)
        return {pid for (pid,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_killed_with_its_processes_at_work_it_leaves_whole_topics_and_the_next_run_ends_it():
    """What indexes were taken away is noted: they come back with the run that ends, whatever that was asked for."""
    before, idle = indexes(), others_at_work()
    killed_once(lambda: Topic.objects.count() > 40, _BULK)
    deadline = time.monotonic() + 60
    while others_at_work() - idle:  # they end when they see that they are alone
        assert time.monotonic() < deadline
        time.sleep(0.05)
    there = Post.objects.count()
    assert 0 < there < 6000
    assert indexes() < before
    assert there == sum(
        replies + 1 for replies in Topic.objects.values_list("reply_count", flat=True)
    )
    said = seed_load(posts=6000, members=30, long_topic=400, networks=5, processes=2)
    assert f"{6000 - there:,} posts made, {there:,} were there already" in said
    assert Post.objects.count() == 6000
    assert indexes() == before
    assert recount() == ["Everything was right."]


@pytest.mark.django_db(transaction=True)
def test_where_one_is_at_work_another_is_refused():
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, 0)", [Lock.LOADS])
        with pytest.raises(CommandError, match="at work"):
            seed_load(posts=10)
    finally:
        other.close()
    assert not Post.objects.exists()
