"""Feeds: valid Atom of what everyone may read, the same for all, kept five minutes."""

from datetime import datetime, timedelta
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.activities.models import Activity, ActivityHost
from forums.discussions.boards.models import Access
from forums.discussions.posts.actions import edit_post
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.networks.models import NetworkAddress
from forums.moderation import actions as moderation
from forums.moderation.merging.actions import merge
from forums.moderation.networks import actions
from forums.text.render import render
from tests.make import make_board, make_board_of, make_network, make_post, make_topic

ATOM = "{http://www.w3.org/2005/Atom}"


class Parsed:
    """A feed as a reader's program reads it."""

    def __init__(self, answer) -> None:
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        self.root = ElementTree.fromstring(answer.content)
        assert self.root.tag == f"{ATOM}feed"
        self.entries = self.root.findall(f"{ATOM}entry")
        for part in (self.root, *self.entries):
            for name in ("id", "title", "updated"):
                assert len(part.findall(f"{ATOM}{name}")) == 1, name
                assert part.findtext(f"{ATOM}{name}")
            datetime.fromisoformat(part.findtext(f"{ATOM}updated"))
            for link in part.findall(f"{ATOM}link"):
                assert link.get("href").startswith(settings.SITE_URL + "/")
        for entry in self.entries:
            assert entry.findtext(f"{ATOM}author/{ATOM}name")
        assert len(set(self.all("id"))) == len(self.entries)
        links = {link.get("rel"): link.get("href") for link in self.root.findall(f"{ATOM}link")}
        assert unquote(links["self"]) == settings.SITE_URL + answer.wsgi_request.path

    def all(self, name: str) -> list[str]:
        return [entry.findtext(f"{ATOM}{name}") for entry in self.entries]


def test_the_sites_feed_holds_the_newest_topics_with_all_a_reader_needs(as_, malee, board):
    make_topic(malee, board, title="เก่ากว่า")
    topic = make_topic(
        malee, board, title="น้ำ < 5 & ปลา", body="**ขึ้น** ||ความลับ|| แล้ว", tags=["คลอง"]
    )
    found = Parsed(as_(None).get("/feed/"))
    assert found.all("title") == ["น้ำ < 5 & ปลา", "เก่ากว่า"]
    first = found.entries[0]
    assert first.findtext(f"{ATOM}summary") == "ขึ้น แล้ว"
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "มาลี คำหล้า"
    words = [each.get("term") for each in first.findall(f"{ATOM}category")]
    assert words == [board.name, "คลอง"]
    assert first.find(f"{ATOM}link").get("href").startswith(f"{settings.SITE_URL}/t/{topic.pk}/")


def test_an_entrys_id_stays_when_its_title_and_text_change(as_, malee, board):
    topic = make_topic(malee, board)
    before = Parsed(as_(None).get("/feed/"))
    Topic.objects.filter(pk=topic.pk).update(title="ใหม่", slug="ใหม่")
    edit_post(editor=malee, post=Post.objects.get(topic=topic), body="แก้แล้ว", seen_revision=0)
    after = Parsed(as_(None).get("/feed/"))
    assert before.all("id") == after.all("id")
    assert before.all("updated") < after.all("updated")


def test_each_board_and_tag_has_its_own(as_, malee, board):
    here = make_topic(malee, board, title="ในห้องนี้", tags=["คลอง"])
    make_topic(malee, make_board(), title="ห้องอื่น")
    assert Parsed(as_(None).get(f"/b/{board.slug}/feed/")).all("title") == [here.title]
    assert Parsed(as_(None).get("/tags/คลอง/feed/")).all("title") == [here.title]


def test_a_topics_feed_is_what_is_said_in_it_newest_first(as_, malee, somchai, moderator, board):
    topic = make_topic(malee, board)
    comment = make_post(topic, somchai, body="ความเห็นแรก")
    hidden = make_post(topic, malee, body="ขายของ")
    make_post(topic, malee, parent=comment, body="ตอบ")
    moderation.hide_post(moderator=moderator, post=hidden, reason="โฆษณา")
    found = Parsed(as_(None).get(f"/t/{topic.pk}/feed/"))
    assert found.all("summary")[:2] == ["ตอบ", "ความเห็นแรก"]
    assert found.all("title") == ["ความคิดเห็นที่ 1-1", "ความคิดเห็นที่ 1", topic.title]
    assert "ขายของ" not in found.all("summary")


def test_a_networks_feed_holds_its_topics_those_it_joined_and_its_reports(
    as_, network, malee, board
):
    inside = make_topic(malee, make_board_of(network, "network"), title="ภายใน")
    make_topic(malee, make_board_of(network, "readers"), title="ของเรา")
    joined, left = make_topic(board=board, title="ร่วมด้วย"), make_topic(board=board, title="ถอนแล้ว")
    for topic, state in ((joined, State.JOINED), (left, State.LEFT), (inside, State.JOINED)):
        TopicNetwork.objects.create(topic=topic, network=network, state=state)
    now = timezone.now()
    for title, open_to, reported in (
        ("เก็บขยะ", "everyone", now), ("ประชุมลับ", "members", now), ("ยังไม่เล่า", "everyone", None)
    ):  # fmt: skip
        activity = Activity.objects.create(
            title=title, slug="-", open_to=open_to, created_by=malee, reported_at=reported,
            report_html=render("ได้ขยะ 3 ตัน").html, starts_at=now, ends_at=now + timedelta(hours=1),
        )  # fmt: skip
        ActivityHost.objects.create(activity=activity, network=network, confirmed_at=now)
    for reader in (None, malee):  # who is signed in gets no more than everybody
        found = Parsed(as_(reader).get(f"/n/{network.slug}/feed/"))
        assert found.all("title") == ["ผลของกิจกรรม เก็บขยะ", "ร่วมด้วย", "ของเรา"]
    assert found.all("summary")[0] == "ได้ขยะ 3 ตัน"


def test_a_networks_old_addresses_lead_to_its_feed(as_, network, moderator):
    NetworkAddress.objects.create(slug="ชื่อเก่า", network=network)
    other = make_network("อื่น")
    merge(moderator=moderator, network=network, into=other, reason="รวมกัน")
    for slug in ("ชื่อเก่า", network.slug):
        answer = as_(None).get(f"/n/{slug}/feed/")
        assert (answer.status_code, answer["Location"]) == (
            302,  # a merge can be undone
            f"{other.get_absolute_url()}feed/",
        )
    actions.hide(moderator=moderator, network=other, reason="ซ่อน")
    for slug in ("ชื่อเก่า", network.slug, other.slug):
        assert as_(moderator).get(f"/n/{slug}/feed/").status_code == 404


def test_what_is_not_for_everyone_has_no_feed_whoever_asks(as_, malee, moderator, network):
    private = make_board(read=Access.MEMBERS)
    inside = make_board_of(network, "network")
    for board in (private, inside):
        topic = make_topic(malee, board, tags=[f"แท็ก{board.pk}"])
        for path in (
            f"/b/{board.slug}/feed/", f"/t/{topic.pk}/feed/", f"/tags/แท็ก{board.pk}/feed/"
        ):  # fmt: skip
            for reader in (None, malee, moderator):
                assert as_(reader).get(path).status_code == 404, path
    assert Parsed(as_(moderator).get("/feed/")).entries == []
    hidden = make_topic(malee, make_board())
    moderation.hide_topic(moderator=moderator, topic=hidden, reason="โฆษณา")
    assert as_(malee).get(f"/t/{hidden.pk}/feed/").status_code == 404
    for path in ("/b/ไม่มี/feed/", "/t/999999/feed/", "/tags/ไม่มี/feed/", "/n/ไม่มี/feed/"):
        assert as_(None).get(path).status_code == 404


def test_anyone_may_keep_it_for_five_minutes_and_no_session_is_opened(as_, malee, board):
    make_topic(malee, board)
    for reader in (None, malee):
        answer = as_(reader).get("/feed/")
        assert answer["Cache-Control"] == "public, max-age=300"
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies
        assert answer["Content-Language"] == "th"
    english = as_(None)
    english.cookies["django_language"] = "en"
    assert english.get("/feed/").content == as_(malee).get("/feed/").content


def test_who_has_it_already_is_told_so(as_, malee, board):
    topic = make_topic(malee, board)
    browser = as_(None)
    first = browser.get("/feed/")
    for headers in (
        {"HTTP_IF_NONE_MATCH": first["ETag"]},
        {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]},
    ):
        again = browser.get("/feed/", **headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == "public, max-age=300"
    Post.objects.filter(topic=topic).update(body_html="<p>อื่น</p>")
    changed = browser.get("/feed/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert changed.status_code == 200


def test_an_empty_feed_is_valid_and_always_the_same(as_, board):
    browser = as_(None)
    first = browser.get(f"/b/{board.slug}/feed/")
    assert Parsed(first).entries == []
    assert browser.get(f"/b/{board.slug}/feed/")["ETag"] == first["ETag"]


def test_a_feed_costs_the_same_for_two_and_for_twenty(as_, network, settings):
    settings.FORUMS_PACE = {what: [] for what in settings.FORUMS_PACE}
    board = make_board_of(network, "everyone")
    browser = as_(None)

    def cost() -> list[int]:
        found = []
        for path in (
            "/feed/",
            f"/b/{board.slug}/feed/",
            f"/n/{network.slug}/feed/",
            "/tags/ก/feed/",
        ):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(path).status_code == 200
            found.append(len(captured))
        return found

    for _ in range(2):
        make_topic(board=board, author=network.registered_by, tags=["ก"])
    few = cost()
    for _ in range(20):
        make_topic(board=board, author=network.registered_by, tags=["ก"])
    assert cost() == few
    assert max(few) <= 9


@pytest.mark.parametrize("open_to_all", [True, False])
def test_pages_say_where_their_feed_is_and_only_where_there_is_one(
    open_to_all, as_, malee, network
):
    board = make_board_of(network, "everyone" if open_to_all else "network")
    topic = make_topic(malee, board)
    browser = as_(malee)
    for page, path in (
        (board.get_absolute_url(), f"/b/{board.slug}/feed/"),
        (topic.get_absolute_url(), f"/t/{topic.pk}/feed/"),
    ):
        assert ('type="application/atom+xml"' in browser.get(page).content.decode()) is open_to_all
        assert (f'href="{path}"' in browser.get(page).content.decode()) is open_to_all
    home = browser.get("/").content.decode()
    assert 'href="/feed/"' in home
    assert (
        f'href="{network.get_absolute_url()}feed/"'
        in browser.get(network.get_absolute_url()).content.decode()
    )
