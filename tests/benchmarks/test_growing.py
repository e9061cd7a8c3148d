"""A benchmark's database grown by copying is one the site could have made: counters, index and names are right."""

from collections import Counter

import pytest
from django.db import connection

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.search.index.models import SearchEntry
from forums.search.upkeep.actions import count_words, reindex_posts
from tests.benchmarks.growing import COPIED, grow
from tests.management.commands import recount, seed_load

pytestmark = pytest.mark.django_db


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")
        return {definition for (definition,) in cursor.fetchall()}


def check_foreign_keys() -> None:
    """Growing wrote past them: read each by what it refers to."""
    for model in COPIED:
        for field in model._meta.local_concrete_fields:
            if field.is_relation:
                lost = model._default_manager.exclude(**{field.name: None}).exclude(
                    **{f"{field.name}__in": field.related_model._default_manager.all()}
                )
                assert not lost.exists(), field


def test_a_database_is_grown_threefold_and_everything_in_it_is_right():
    seed_load(posts=300, members=40, long_topic=60, networks=12, memberships=60)
    count_words()
    recount()
    before, long = indexes(), Topic.objects.order_by("-last_number")[0]
    said = Counter(SearchEntry.objects.values_list("text", flat=True))
    grow(posts=850)
    assert Post.objects.count() == 900
    assert (Member.objects.count(), Network.objects.count()) == (120, 36)
    assert indexes() == before
    long.refresh_from_db()
    assert Post.objects.filter(topic=long).count() == 180 == long.reply_count + 1
    assert recount() == ["Everything was right."]
    assert reindex_posts(after=0, size=1000).done == 0
    assert Counter(SearchEntry.objects.values_list("text", flat=True)) == said + said + said
    check_foreign_keys()
