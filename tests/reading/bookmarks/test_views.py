"""Marking a post, the list of bookmarks, its search and its reminders."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.moderation import actions as moderation
from forums.reading.bookmarks import actions
from forums.reading.bookmarks.models import Bookmark
from forums.text import dates
from tests.make import make_board, make_member, make_post, make_topic


@pytest.fixture
def topic():
    return make_topic(title="แบ่งเวรหน้าฝุ่น")


@pytest.fixture
def post(topic):
    return make_post(topic, make_member("nat", display_name="ณัฐริกา"), body="เราจะวางเครื่องวัดไว้ใต้ลม")


def opening(topic) -> Post:
    return topic.posts.get(number=0)


def page(client, address: str = "/bookmarks/") -> str:
    return client.get(address).content.decode()


def test_a_press_marks_a_post_and_a_press_takes_it_out(as_, malee, topic, post):
    client = as_(malee)
    assert f'formaction="/p/{post.pk}/bookmark/" name="on" value="1"' in page(
        client, topic.get_absolute_url()
    ).replace("\n", " ")
    answer = client.post(f"/p/{post.pk}/bookmark/", {"on": "1"})
    assert answer["Location"] == f"/p/{post.pk}/"
    client.post(f"/p/{post.pk}/bookmark/", {"on": "1"})
    assert Bookmark.objects.get().post == post
    shown = page(client, topic.get_absolute_url())
    assert shown.count("เอาที่คั่นออก") == 1
    assert "เอาที่คั่นออก" not in page(as_(make_member()), topic.get_absolute_url())
    client.post(f"/p/{post.pk}/bookmark/", {"on": "0"})
    assert not Bookmark.objects.exists()


def test_the_topics_own_text_is_bookmarked_as_the_topic(as_, malee, topic):
    client = as_(malee)
    client.post(f"/p/{opening(topic).pk}/bookmark/", {"on": "1"})
    shown = page(client)
    assert "แบ่งเวรหน้าฝุ่น" in shown
    assert "ความคิดเห็นที่ 0" not in shown


def test_a_note_and_a_day_as_one_types_it(as_, malee, post):
    client, address = as_(malee), f"/p/{post.pk}/bookmark/note/"
    day = timezone.localdate() + timedelta(days=40)
    answer = client.post(address, {"note": " ถามดวงใจ ", "day": dates.typed(day), "by_mail": "on"})
    assert answer.status_code == 302
    found = Bookmark.objects.get()
    assert (found.note, found.remind_on, found.by_mail) == ("ถามดวงใจ", day, True)
    assert f'value="{dates.typed(day)}"' in page(client, address)
    assert "ถามดวงใจ" in page(client)
    client.post(address, {"note": "", "day": ""})
    found.refresh_from_db()
    assert (found.note, found.remind_on, found.by_mail) == ("", None, False)


@pytest.mark.parametrize("day", ["31/2/2569", "เมื่อวาน", "1/1/2560", "1/1/2699"])
def test_what_is_no_day_ahead_is_refused_with_the_words_still_there(as_, malee, post, day):
    answer = as_(malee).post(f"/p/{post.pk}/bookmark/note/", {"note": "ถามดวงใจ", "day": day})
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "ถามดวงใจ" in shown
    assert f'value="{day}"' in shown
    assert not Bookmark.objects.exists()


def test_a_note_has_300_characters(as_, malee, post):
    answer = as_(malee).post(f"/p/{post.pk}/bookmark/note/", {"note": "ก" * 301})
    assert answer.status_code == 400
    assert "301" in answer.content.decode()


def test_what_is_due_stands_on_top_until_she_is_done(as_, malee, topic, post):
    client, today = as_(malee), timezone.localdate()
    found = actions.mark(member=malee, post=post)
    Bookmark.objects.update(remind_on=today - timedelta(days=1))
    actions.mark(member=malee, post=opening(topic))
    shown = page(client)
    assert shown.index("ถึงวันที่ให้เตือน") < shown.index("แบ่งเวรหน้าฝุ่น")
    client.post(f"/bookmarks/{found.pk}/later/")
    found.refresh_from_db()
    assert found.remind_on == today + timedelta(days=7)
    assert "ถึงวันที่ให้เตือน" not in page(client)
    client.post(f"/bookmarks/{found.pk}/done/")
    found.refresh_from_db()
    assert found.remind_on is None
    client.post(f"/bookmarks/{found.pk}/take-out/")
    assert Bookmark.objects.get().post == opening(topic)


def test_what_is_due_stands_there_once(as_, malee, topic, post):
    actions.mark(member=malee, post=opening(topic))
    Bookmark.objects.update(remind_on=timezone.localdate())
    shown = page(as_(malee))
    assert shown.count("แบ่งเวรหน้าฝุ่น") == 1
    actions.mark(member=malee, post=post)
    shown = page(as_(malee))
    assert shown.count("แบ่งเวรหน้าฝุ่น") == 2
    assert shown.count("เสร็จแล้ว") == 1


def test_words_are_found_in_title_note_and_text_of_ones_own(as_, malee, somchai, topic, post):
    actions.note(member=malee, post=post, text="ถามดวงใจ")
    actions.mark(member=malee, post=opening(make_topic(title="เตียงลม")))
    actions.mark(member=somchai, post=opening(topic))
    client = as_(malee)
    for words in ("ฝุ่น", "ดวงใจ", "เครื่องวัด", "ฝุ่น ดวงใจ"):
        shown = page(client, f"/bookmarks/?q={words}")
        assert "ใต้ลม" in shown, words
        assert "เตียงลม" not in shown
    assert "ไม่พบในที่คั่นหน้า" in page(client, "/bookmarks/?q=ฝุ่น เตียง")
    assert "%" in page(client, "/bookmarks/?q=%25")


def test_of_what_she_may_no_longer_read_nothing_is_shown_or_found(
    as_, malee, moderator, topic, post
):
    gone = make_post(topic, body="ความลับในข้อความ")
    deleted_topic = make_topic(title="ชื่อลับ")
    for each, text in ((gone, "โน้ตหนึ่ง"), (opening(deleted_topic), "โน้ตสอง")):
        actions.note(member=malee, post=each, text=text)
    moderation.hide_post(moderator=moderator, post=gone, reason="ผิดกติกา")
    moderation.hide_topic(moderator=moderator, topic=deleted_topic, reason="ผิดกติกา")
    client = as_(malee)
    shown = page(client)
    assert shown.count("อ่านไม่ได้แล้ว") == 2
    assert "โน้ตหนึ่ง" in shown
    assert "โน้ตสอง" in shown
    for secret in ("ความลับในข้อความ", "ชื่อลับ", f"/p/{gone.pk}/"):
        assert secret not in shown
    for words in ("ความลับ", "ชื่อลับ"):
        assert "อ่านไม่ได้แล้ว" not in page(client, f"/bookmarks/?q={words}")
    assert "อ่านไม่ได้แล้ว" in page(client, "/bookmarks/?q=โน้ตสอง")
    assert client.get(f"/p/{opening(deleted_topic).pk}/bookmark/note/").status_code == 404
    assert client.post(f"/p/{gone.pk}/bookmark/", {"on": "0"}).status_code == 302
    with pytest.raises(actions.PostGone):
        actions.mark(member=make_member(), post=Post.objects.get(pk=gone.pk))


def test_nobody_elses_bookmark_is_touched(as_, malee, somchai, moderator, post):
    found = actions.note(member=malee, post=post, text="ของมาลี")
    for who in (somchai, moderator):
        for verb in ("done", "later", "take-out"):
            assert as_(who).post(f"/bookmarks/{found.pk}/{verb}/").status_code == 404
        assert "ของมาลี" not in page(as_(who))
        assert "ของมาลี" not in page(as_(who), f"/p/{post.pk}/bookmark/note/")
        as_(who).post(f"/p/{post.pk}/bookmark/", {"on": "0"})
    assert Bookmark.objects.get() == found


def test_one_more_than_the_limit_is_refused_with_words(as_, malee, topic, post, monkeypatch):
    monkeypatch.setattr(actions, "LIMIT", 1)
    client = as_(malee)
    client.post(f"/p/{post.pk}/bookmark/", {"on": "1"})
    answer = client.post(f"/p/{opening(topic).pk}/bookmark/", {"on": "1"})
    assert answer.status_code == 409
    assert "ที่คั่นหน้าครบ" in answer.content.decode()
    assert Bookmark.objects.count() == 1


def test_pages_turn_and_ask_the_same_for_two_and_for_forty(as_, malee):
    author, board = make_member(is_staff=True), make_board()
    client = as_(malee)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/bookmarks/").status_code == 200
        return len(queries)

    def mark(n: int) -> None:
        actions.mark(member=malee, post=opening(make_topic(author, board, title=f"เรื่อง {n}")))

    for n in range(2):
        mark(n)
    asked()
    few = asked()
    for n in range(2, 41):
        mark(n)
    assert asked() == few
    first = client.get("/bookmarks/").context["page"]
    second = client.get(f"/bookmarks/?{first.next}").context["page"]
    third = client.get(f"/bookmarks/?{second.next}").context["page"]
    topics = [row.topic for each in (first, second, third) for row in each.rows]
    assert topics == [f"เรื่อง {n}" for n in reversed(range(41))]


def test_a_page_of_posts_asks_nothing_more(as_, malee, topic, post):
    client = as_(malee)

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            client.get(topic.get_absolute_url())
        return [q["sql"] for q in queries.captured_queries]

    asked()
    before = asked()
    assert sum("forums_bookmark" in sql for sql in before) == 1
    actions.mark(member=malee, post=post)
    assert len(asked()) == len(before)
