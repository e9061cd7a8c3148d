"""No page of a topic reads more as the topic grows: what PostgreSQL itself says it read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Member
from forums.discussions.posts.actions import reply
from forums.discussions.topics.models import Topic
from forums.imports.actions import Result, bring_in
from forums.imports.records import BoardRecord, MemberRecord, PostRecord, Record, TopicRecord
from tests.benchmarks.plans import Work, queries_of, work_of
from tests.emptying import new_files

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
    """The two, among many short ones: the planner must not take low numbers for common ones."""
    new_files()  # the planner goes by their size
    records: list[Record] = [BoardRecord("board", "ห้อง")]
    records += [MemberRecord(f"m{n}", f"m{n}", f"สมาชิก {n}") for n in range(50)]
    for name, posts in SIZES.items():
        records += talk(name, posts)
    for n in range(500):
        records += talk(f"other{n}", 6)
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


def test_a_page_of_a_long_topic_reads_no_more_than_one_of_a_short_topic(topics, malee):
    for query in ("", "?page=last", "?page=2"):
        for member in (None, malee):
            small, large = (work(topics[name], query, member) for name in SIZES)
            assert large.queries == small.queries
            # A page holds forty posts at most, the last page of the short topic twenty; the
            # planner may look up their authors one by one here and all at once there.
            assert 40 <= large.rows <= small.rows + 100
            assert large.pages <= small.pages + 150


def test_a_reply_reads_what_its_author_wrote_and_not_all_of_a_long_topic(topics):
    author = Member.objects.get(handle="m7")
    with queries_of() as found:
        reply(author=author, topic=topics["large"], body="ขอถามต่อ")
    done = work_of([query for query in found if query.sql.lstrip().startswith("SELECT")])
    assert done.rows < SIZES["large"] // 4, done
