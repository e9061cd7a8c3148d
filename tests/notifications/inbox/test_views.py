"""The page of notifications: what stands there, one click to its place, what is read, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Notification
from tests.clients import signed_in
from tests.make import make_member, make_post, make_topic


def answered(member, count=1, *, topics=1):
    """`count` people have answered her in each of so many topics; returns the posts."""
    posts = []
    for number in range(topics):
        topic = make_topic(member, title=f"เรื่องที่ {number}")
        posts += [make_post(topic) for _each in range(count)]
    spread()
    return posts


def page(member, query=""):
    return signed_in(member).get(f"/notifications/{query}")


def bell(response):
    """The number at the bell, and what it says aloud."""
    found = re.search(r'class="icon-link bell".*?aria-label="([^"]*)".*?</a>', response.text, re.S)
    number = re.search(r"<b aria-hidden[^>]*>(.*?)</b>", found[0])
    return found[1], number and number[1]


def test_a_visitor_signs_in_first(client, db):
    assert client.get("/notifications/").status_code == 302
    assert "icon-link bell" not in client.get("/").text


def test_nothing_yet_says_when_something_comes(malee):
    response = page(malee)
    assert "ยังไม่มีแจ้งเตือน" in response.text
    assert bell(response) == ("แจ้งเตือน", None)


def test_what_happened_stands_there_and_at_the_bell_of_every_page(malee):
    answered(malee, topics=2)
    response = page(malee)
    assert response.text.count("ตอบท่านใน") >= 2
    assert bell(response) == ("แจ้งเตือน ยังไม่ได้อ่าน 2", "2")
    assert bell(signed_in(malee).get("/boards/"))[1] == "2"


def test_more_than_anybody_counts_is_99(malee):
    now = timezone.now()
    Notification.objects.bulk_create(
        Notification(member=malee, kind="replied", key=str(n), newest_at=now) for n in range(150)
    )
    assert bell(signed_in(malee).get("/boards/"))[1] == "99+"


def test_one_click_leads_to_the_first_unread_post_and_reads_it(malee):
    posts = answered(malee, 3)
    note = Notification.objects.get(member=malee)
    client = signed_in(malee)
    assert client.get(f"/notifications/{note.pk}/")["Location"] == f"/p/{posts[0].pk}/"
    note.refresh_from_db()
    assert note.read_at is not None
    assert bell(client.get("/boards/"))[1] is None


@pytest.mark.parametrize(
    "header", [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}]
)
def test_a_browser_that_looks_ahead_reads_nothing(malee, header):
    answered(malee)
    note = Notification.objects.get(member=malee)
    signed_in(malee).get(f"/notifications/{note.pk}/", headers=header)
    signed_in(malee).head(f"/notifications/{note.pk}/")
    note.refresh_from_db()
    assert note.read_at is None


def test_anothers_line_is_nowhere(malee, somchai):
    answered(malee)
    note = Notification.objects.get(member=malee)
    client = signed_in(somchai)
    assert client.get(f"/notifications/{note.pk}/").status_code == 404
    client.post("/notifications/read/", {"note": note.pk})
    note.refresh_from_db()
    assert note.read_at is None


def test_what_she_may_see_no_more_is_neither_shown_nor_opened_nor_counted_for_long(malee):
    (post,) = answered(malee)
    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
    note = Notification.objects.get(member=malee)
    client = signed_in(malee)
    assert client.get(f"/notifications/{note.pk}/").status_code == 404
    response = client.get("/notifications/")
    assert "เรื่องที่ 0" not in response.text
    assert bell(response)[1] is None
    Post.objects.filter(pk=post.pk).update(hidden_at=None)
    assert "เรื่องที่ 0" in client.get("/notifications/").text


def test_one_line_is_read_and_left_for_later(malee):
    answered(malee)
    note = Notification.objects.get(member=malee)
    client = signed_in(malee)
    for where, read in (("read", True), ("unread", False)):
        sent = client.post(f"/notifications/{where}/", {"note": note.pk, "show": "unread"})
        assert sent["Location"] == "/notifications/?show=unread"
        note.refresh_from_db()
        assert (note.read_at is not None) == read


def test_all_are_read_and_taken_back(malee):
    answered(malee, topics=2)
    client = signed_in(malee)
    until = re.search(r'name="until" value="(\d+)"', client.get("/notifications/").text)[1]
    sent = client.post("/notifications/read/", {"until": until}, follow=True)
    assert "อ่านแล้วทั้งหมด" in sent.text
    assert not Notification.objects.filter(read_at=None).exists()
    at = re.search(r'name="at" value="(\d+)"', sent.text)[1]
    client.post("/notifications/unread/", {"at": at})
    assert Notification.objects.filter(read_at=None).count() == 2


def test_the_unread_are_a_list_of_their_own(malee):
    answered(malee, topics=2)
    first = Notification.objects.filter(member=malee).order_by("pk").first()
    signed_in(malee).get(f"/notifications/{first.pk}/")
    text = page(malee, "?show=unread").text
    assert "เรื่องที่ 1" in text
    assert "เรื่องที่ 0" not in text


@pytest.mark.parametrize("query", ["?show=x", "?before=1", "?before=x_1", "?undo=x"])
def test_a_mangled_place_is_nowhere(malee, query):
    assert page(malee, query).status_code == 404


@pytest.mark.parametrize("where", ["read", "unread"])
def test_what_no_hand_wrote_is_refused(malee, where):
    for sent in ({}, {"note": "x"}, {"until": "x", "at": "x"}):
        assert signed_in(malee).post(f"/notifications/{where}/", sent).status_code == 400


def test_pages_follow_each_other_and_no_line_stands_twice(malee):
    now = timezone.now()
    post = make_post(make_topic(malee), make_member())
    Notification.objects.bulk_create(
        Notification(
            member=malee, kind="replied", key=str(n), things=[post.pk], newest_at=now, read_at=now
        )
        for n in range(60)
    )
    client, seen, query = signed_in(malee), [], ""
    while query is not None:
        text = client.get(f"/notifications/{query}").text
        seen += re.findall(r'class="what" href="/notifications/(\d+)/"', text)
        found = re.search(r'href="(\?before=[^"]*)" rel="next"', text)
        query = found and found[1]
    assert len(seen) == len(set(seen)) == 60


def test_a_page_costs_the_same_with_two_lines_and_with_forty(malee):
    client = signed_in(malee)
    client.get("/notifications/")
    counts = []
    for more in (2, 38):
        for _each in range(more):
            topic = make_topic()
            posts = [make_post(topic), make_post(topic)]
            Notification.objects.create(
                member=malee,
                kind="replied",
                key=f"replied-{topic.pk}",
                things=[post.pk for post in posts],
                people=[post.author_id for post in posts],
                newest_at=timezone.now(),
            )
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/notifications/").text.count("ตอบท่านใน") >= 2
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_the_bell_costs_no_query(malee):
    client = signed_in(malee)
    client.get("/boards/")
    with CaptureQueriesContext(connection) as before:
        client.get("/boards/")
    answered(malee, topics=3)
    with CaptureQueriesContext(connection) as after:
        client.get("/boards/")
    assert len(after) == len(before)
