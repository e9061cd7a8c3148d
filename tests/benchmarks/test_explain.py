"""No page of a topic reads more as the topic grows: what PostgreSQL itself says it read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Member
from forums.imports.actions import Result, bring_in
from forums.imports.records import BoardRecord, MemberRecord, PostRecord, Record, TopicRecord
from forums.topics.models import Topic
from tests.benchmarks.plans import Work, queries_of, work_of

SIZES = {"small": 100, "large": 3000}
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def talk(key: str, posts: int) -> list[Record]:
    """A topic of `posts` posts: comments with one reply each, so that every page holds as many."""
    records: list[Record] = [
        TopicRecord(key, "board", "m0", "conversation", f"กระทู้ {key}", "เริ่ม", WHEN)
    ]
    for n in range(posts // 2):
        moment = WHEN + timedelta(minutes=n)
        comment = f"{key}:{n}"
        records.append(PostRecord(comment, key, None, f"m{n % 50}", "ความคิดเห็น", moment))
        records.append(PostRecord(f"{comment}a", key, comment, f"m{(n + 1) % 50}", "ตอบ", moment))
    return records


@pytest.fixture
def topics(db) -> dict[str, Topic]:
    records: list[Record] = [BoardRecord("board", "ห้อง")]
    records += [MemberRecord(f"m{n}", f"m{n}", f"สมาชิก {n}") for n in range(50)]
    for name, posts in SIZES.items():
        records += talk(name, posts)
    for n in range(60):  # most topics are short, and the planner must not think that all are
        records += talk(f"other{n}", 10)
    assert {outcome.result for outcome in bring_in(records)} == {Result.CREATED}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {name: Topic.objects.get(title=f"กระทู้ {name}") for name in SIZES}


def work(topic: Topic, query: str, member: Member | None) -> Work:
    client = Client()
    if member is not None:
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = topic.get_absolute_url() + query
    client.get(address)  # what is read once a minute is read now
    with queries_of() as found:
        answer = client.get(address)
    assert answer.status_code == 200
    return work_of(found)


@pytest.mark.parametrize("query", ["", "?page=last"], ids=["first page", "last page"])
@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "member"])
def test_a_page_of_a_long_topic_reads_no_more_than_one_of_a_short_topic(
    topics, malee, query, signed_in
):
    member = malee if signed_in else None
    small, large = (work(topics[name], query, member) for name in SIZES)
    assert large.queries == small.queries
    assert large.rows >= 40, "the posts themselves were not looked at"
    # The last page of the small topic holds ten comments, that of the large one twenty.
    allowed = 2 if query else 1
    assert large.rows <= small.rows * allowed + 10
    assert large.pages <= small.pages * allowed + 20


def test_posts_of_a_page_are_found_by_an_index_on_topic_and_number(topics):
    with queries_of() as found:
        Client().get(topics["large"].get_absolute_url())
    posts = next(sql for sql in found if "body_html" in sql)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + posts)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "post_page" in plan or "post_number_once" in plan
