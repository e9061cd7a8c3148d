"""The benchmark of growth, on a site as small as it can be: each part says what it should, and leaves the site as it was."""

from collections.abc import Iterator

import pytest
from django.db import connection

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership
from tests.benchmarks import growth_parts
from tests.benchmarks.growth import growth, table
from tests.management.commands import seed_load


def cost(ms: float, rows: int = 10) -> dict[str, float]:
    return {"web_ms": ms, "database_ms": ms, "rows": rows, "pages": rows, "queries": 3}


def test_what_costs_a_third_more_than_in_the_smallest_site_is_named():
    known = {
        1000: {"pages": {"costs": {"home": cost(2), "board": cost(2)}}},
        9000: {"pages": {"costs": {"home": cost(2.4), "board": cost(3, 40)}}},
    }
    lines = table(known)
    assert "| home | 2.0 + 2.0 | 2.4 + 2.4 | 1.20 | 10 · 10, 10 · 10 |" in lines
    assert "| board | 2.0 + 2.0 | 3.0 + 3.0 | 1.50 | 10 · 10, 40 · 40 |" in lines
    assert lines[-1] == "More than 1.3 ×: board."


def test_a_machine_that_was_slower_is_no_growth():
    known = {
        1000: {"pages": {"costs": {"home": cost(2) | {"bare": 1.5}}}},
        9000: {"pages": {"costs": {"home": cost(3) | {"bare": 1.5}}}},
    }
    assert "| home | 2.0 + 2.0 | 3.0 + 3.0 | 1.00 | 10 · 10, 10 · 10 |" in table(known)


def test_what_costs_next_to_nothing_grows_by_next_to_nothing():
    assert growth(cost(0.1), cost(0.4)) == 1


def test_one_size_alone_or_none_is_a_table_too():
    assert table({1000: {}}) == []
    said = table({1000: {"sizes": {"tables": ["a: 1 MB"], "seconds": 2.0}}})
    assert said == ["", "1,000 posts: sizes (2.0 s)", "", "- tables:", "    - a: 1 MB"]


@pytest.fixture
def site(transactional_db) -> Iterator[None]:
    seed_load(posts=600, members=60, long_topic=200, networks=6, memberships=60, processes=1)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS churned_forums_post")


def state() -> tuple[object, ...]:
    return (
        Post.objects.count(),
        Membership.objects.count(),
        list(Topic.objects.order_by("pk").values_list("reply_count", "last_post_at", "hot")),
    )


def test_writes_are_measured_and_undone(site):
    before = state()
    costs = growth_parts.writes(2)["costs"]
    assert {"reply", "new topic", "mark", "join a network"} <= costs.keys()
    assert all(each["queries"] > 3 and each["wal_bytes"] > 500 for each in costs.values())
    assert state() == before


def test_churn_and_migrations_leave_nothing_behind(site):
    before = state()
    found = growth_parts.churn(100, rooms=(100, 80))
    assert "50 updates" in found["topic, 80 % full"]
    assert "40 updates" in found["post, 100 % full"]
    found = growth_parts.migrations()
    assert "a reader waited" in found["… validated"]
    assert growth_parts.sizes()["tables"]
    assert state() == before
    assert "rehearsed" not in str(columns("forums_post"))


def columns(name: str) -> list[str]:
    with connection.cursor() as cursor:
        return [each.name for each in connection.introspection.get_table_description(cursor, name)]
