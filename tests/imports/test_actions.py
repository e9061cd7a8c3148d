"""What a batch writes, and that it is what members' own posting would have written."""

import json
import threading
from typing import Any

import pytest
from django.db import connection

from accounts.models import Member
from forums.discussions.boards.models import Access, Board
from forums.discussions.openings.maintenance import repair_boards, repair_tags, repair_topics
from forums.discussions.posts.actions import reply
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.imports.actions import Result, bring_in
from forums.imports.file_lines import FileLine
from forums.imports.models import Imported
from forums.imports.records import read_record
from forums.tags.models import Tag
from tests.imports.lines import BASE, board, member, post, topic
from tests.make import make_board, make_member, make_post, make_topic


def bring(*lines: dict[str, Any]) -> list[Any]:
    records = [
        read_record(FileLine(n, json.dumps(line).encode())) for n, line in enumerate(lines, 1)
    ]
    return bring_in([record for record in records if record is not None])


def results(*lines: dict[str, Any]) -> list[str]:
    return [outcome.result for outcome in bring(*lines)]


def reason(*lines: dict[str, Any]) -> str:
    """Of the last line, which must be refused."""
    *_, last = bring(*lines)
    assert last.result == Result.REFUSED
    return last.reason


def assert_nothing_to_repair() -> None:
    found = repair_topics(after=0, size=1000)
    assert (found.topics, found.posts) == ([], [])
    assert repair_boards() == []
    assert repair_tags(after=0, size=1000)[1] == []


def labels(topic: Topic | None = None) -> list[str]:
    posts = Post.objects.all() if topic is None else Post.objects.filter(topic=topic)
    return [post.label for post in posts.order_by("pk")]


THREAD = [
    post("a"),
    post("b", "a"),
    post("c"),
    post("d", "b"),
    post("e", "c"),
    post("f", "d"),
    post("g"),
]


@pytest.mark.django_db
def test_a_board_a_member_a_topic_and_a_post_come_in():
    assert results(*BASE, post("p1")) == [Result.CREATED] * 4
    made = Topic.objects.get()
    assert (made.title, made.board.slug, made.author.handle) == ("เยี่ยมบ้านกันอย่างไร", "health", "nok")
    assert made.created_at.isoformat() == "2024-01-02T03:04:05+00:00"
    assert labels() == ["0", "1"]
    assert Post.objects.get(number=1).body_html == "<p>ตอบ p1</p>\n"


@pytest.mark.django_db
def test_numbers_are_those_that_replying_gives(malee):
    bring(*BASE, *THREAD)
    by_hand, posts = make_topic(), {}
    for line in THREAD:
        parent = posts.get(line["parent"])
        posts[line["id"]] = make_post(by_hand, body=line["body"], parent=parent)
    imported = Topic.objects.exclude(pk=by_hand.pk).get()
    assert labels(imported) == labels(by_hand) == ["0", "1", "1-1", "2", "1-2", "2-1", "1-3", "3"]
    by_hand.refresh_from_db()
    for name in ("last_number", "reply_count"):
        assert getattr(imported, name) == getattr(by_hand, name)
    for a, b in zip(
        Post.objects.filter(topic=imported).order_by("pk"),
        Post.objects.filter(topic=by_hand).order_by("pk"),
        strict=True,
    ):
        assert a.last_reply_number == b.last_reply_number
        assert (a.parent and a.parent.label) == (b.parent and b.parent.label)
        assert (a.root and a.root.label) == (b.root and b.root.label)
        assert a.number == 0 or a.body_html == b.body_html


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_batches_of_any_size_write_the_same(size):
    lines = [
        *BASE,
        *THREAD,
        topic("t2", tags=["น้ำ"]),
        post("h", topic="t2"),
        post("i", "h", topic="t2"),
    ]
    for start in range(0, len(lines), size):
        assert set(results(*lines[start : start + size])) == {Result.CREATED}
    assert labels() == ["0", "1", "1-1", "2", "1-2", "2-1", "1-3", "3", "0", "1", "1-1"]
    assert_nothing_to_repair()


@pytest.mark.django_db
def test_counters_hold_after_an_import():
    late, early = "2024-03-01T00:00:00Z", "2023-03-01T00:00:00Z"
    bring(
        *BASE,
        member("fon"),
        topic("t2", tags=["น้ำ", "ป่า"], author="fon"),
        post("a", created_at=late, author="fon"),
        post("b", "a", created_at=early),  # out of order: still a reply to what it answers
    )
    made = Topic.objects.get(title="เยี่ยมบ้านกันอย่างไร", author__handle="nok")
    assert (made.reply_count, made.last_number) == (2, 1)
    assert made.last_author.handle == "fon"
    assert made.last_post_at.isoformat() == "2024-03-01T00:00:00+00:00"
    handles = dict(Member.objects.values_list("pk", "handle"))
    assert [handles[pk] for pk in made.taking_part] == ["fon", "nok"]
    assert Board.objects.get().topic_count == 2
    assert set(Tag.objects.values_list("name", "topic_count")) == {("น้ำ", 1), ("ป่า", 1)}
    assert_nothing_to_repair()


@pytest.mark.django_db
def test_twice_is_once():
    lines = [*BASE, *THREAD]
    bring(*lines)
    before = list(Post.objects.order_by("pk").values())
    assert set(results(*lines)) == {Result.THERE}
    assert list(Post.objects.order_by("pk").values()) == before
    assert Imported.objects.count() == len(lines)


@pytest.mark.django_db
def test_the_same_id_twice_in_one_batch_is_once():
    assert results(*BASE, post("a"), post("a"))[-2:] == [Result.CREATED, Result.THERE]
    assert labels() == ["0", "1"]


@pytest.mark.django_db
def test_the_same_id_may_be_a_topics_and_a_posts():
    assert set(results(*BASE, post("t1"), post("health"))) == {Result.CREATED}


@pytest.mark.django_db
def test_what_has_changed_here_is_left_as_it_is():
    bring(*BASE)
    Topic.objects.update(title="แก้แล้ว")
    assert results(topic()) == [Result.THERE]
    assert Topic.objects.get().title == "แก้แล้ว"


@pytest.mark.django_db
def test_a_line_that_refers_to_nothing_is_refused_and_the_others_go_in():
    assert reason(*BASE, topic("t2", board="sea")) == (
        'board "sea" is unknown: no line before this brought it in'
    )
    assert 'author "fon" is unknown' in reason(topic("t2", author="fon"))
    assert 'topic "t9" is unknown' in reason(post("a", topic="t9"))
    assert 'parent "z" is unknown' in reason(post("a", "z"))
    assert results(post("a", "z"), post("b"), post("c", "a"), post("d", "b")) == [
        Result.REFUSED,
        Result.CREATED,
        Result.REFUSED,
        Result.CREATED,
    ]
    assert labels() == ["0", "1", "1-1"]
    assert_nothing_to_repair()


@pytest.mark.django_db
def test_a_child_before_its_parent_is_refused():
    assert "is unknown" in reason(*BASE, post("a"), post("c", "b"))
    assert results(post("b"), post("c", "b")) == [Result.CREATED] * 2


@pytest.mark.django_db
def test_a_parent_in_another_topic_is_refused():
    bring(*BASE, topic("t2"), post("a"))
    assert reason(post("b", "a", topic="t2")) == 'parent "a" is a post of another topic'


@pytest.mark.django_db
def test_a_handle_somebody_has_is_refused_with_all_she_would_have_written(malee):
    assert reason(board(), member("Malee")) == 'handle "Malee" is taken here by another member'
    assert 'author "Malee" is unknown' in reason(topic(author="Malee"))
    assert malee.topics.count() == 0


@pytest.mark.django_db
def test_two_handles_of_one_normal_form_are_one_handle():
    assert "is taken" in reason(member("Nok"), member("nok"))


@pytest.mark.django_db
def test_a_board_made_in_the_admin_keeps_its_name_and_rights():
    here = make_board("ห้องเดิม", slug="health", read=Access.STAFF)
    assert results(*BASE) == [Result.THERE, Result.CREATED, Result.CREATED]
    here.refresh_from_db()
    assert (here.name, here.read_level, here.topic_count) == ("ห้องเดิม", Access.STAFF, 1)


@pytest.mark.django_db
def test_tags_do_not_count_topics_of_a_closed_board():
    make_board(slug="health", read=Access.MEMBERS)
    bring(member(), board(), topic(tags=["น้ำ"]))
    assert Tag.objects.get().topic_count == 0
    assert_nothing_to_repair()


@pytest.mark.django_db
def test_nobody_can_sign_in_or_be_written_to_as_an_imported_member():
    bring(member())
    made = Member.objects.get()
    assert not made.has_usable_password()
    assert made.email.endswith("@import.invalid")
    assert not made.is_staff
    assert made.handle_key == "nok"


@pytest.mark.django_db
def test_an_article_gets_its_table_of_contents():
    bring(board(), member(), topic(kind="article", body="# หนึ่ง\n\nก\n\n## สอง\n\nข"))
    assert [entry["text"] for entry in Topic.objects.get().contents] == ["หนึ่ง", "สอง"]


@pytest.mark.django_db
def test_a_script_in_an_imported_text_is_text(client):
    bring(*BASE, post("a", body="<script>alert(1)</script>"))
    assert "<script" not in Post.objects.get(number=1).body_html


@pytest.mark.django_db
def test_an_import_goes_on_where_members_have_replied_meanwhile(malee):
    bring(*BASE, post("a"))
    here = Topic.objects.get()
    mine = reply(author=malee, topic=here, body="จากที่นี่")
    reply(author=malee, topic=here, body="ถึง a", parent=Post.objects.get(number=1))
    bring(post("b"), post("c", "a"))
    assert mine.label == "2"
    assert labels() == ["0", "1", "2", "1-1", "3", "1-2"]
    assert_nothing_to_repair()


@pytest.mark.django_db
def test_replies_to_hidden_and_locked_topics_and_posts_come_in_uncounted(moderator):
    from forums.moderation.actions import hide_post, lock

    bring(*BASE, post("a"))
    hide_post(moderator=moderator, post=Post.objects.get(number=1), reason="ทดสอบ")
    lock(moderator=moderator, topic=Topic.objects.get(), reason="ทดสอบ")
    assert results(post("b", "a")) == [Result.CREATED]
    assert Topic.objects.get().reply_count == 1
    assert_nothing_to_repair()


@pytest.mark.django_db
def test_what_was_deleted_here_since_is_not_brought_back():
    bring(board(), board("sea"), member())
    Board.objects.get(slug="sea").delete()
    assert results(board("sea")) == [Result.THERE]
    assert 'board "sea" is unknown' in reason(topic(board="sea"))


@pytest.mark.django_db
def test_a_batch_takes_the_same_queries_for_two_posts_and_for_forty(django_assert_max_num_queries):
    bring(*BASE)
    with django_assert_max_num_queries(100) as few:
        bring(post("a"), post("b", "a"))
    with django_assert_max_num_queries(len(few)):
        bring(*[post(f"c{n}") for n in range(20)], *[post(f"d{n}", f"c{n}") for n in range(20)])


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_no_doubles_and_leave_right_counts():
    lines = [*BASE, topic("t2", tags=["น้ำ"]), *THREAD]
    errors: list[BaseException] = []
    start = threading.Barrier(3)

    def run() -> None:
        try:
            start.wait(10)
            for place in range(0, len(lines), 2):
                bring(*lines[place : place + 2])
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert Imported.objects.count() == len(lines)
    assert sorted(labels()) == sorted(["0", "0", "1", "1-1", "2", "1-2", "2-1", "1-3", "3"])
    assert_nothing_to_repair()


@pytest.mark.django_db(transaction=True)
def test_members_reply_while_an_import_writes_into_the_same_topic():
    bring(*BASE, post("a"))
    here, root = Topic.objects.get(), Post.objects.get(number=1)
    writers = [make_member(is_staff=True) for _ in range(3)]
    errors: list[BaseException] = []

    def talk(writer: Member) -> None:
        try:
            for n in range(5):
                reply(author=writer, topic=here, body=f"ที่นี่ {n}", parent=root if n % 2 else None)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=talk, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for n in range(10):
        assert set(results(post(f"c{n}"), post(f"r{n}", "a"))) == {Result.CREATED}
    for thread in threads:
        thread.join(60)
    assert errors == []
    comments = Post.objects.filter(reply_number=0).values_list("number", flat=True)
    replies = Post.objects.filter(root=root).values_list("reply_number", flat=True)
    assert sorted(comments) == list(range(1 + 1 + 9 + 10))
    assert sorted(replies) == list(range(1, 1 + 6 + 10))
    assert_nothing_to_repair()
