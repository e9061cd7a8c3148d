"""A visitor gets a kept page only if it is what she would get anew; nobody gets another's."""

import gzip
import re
from datetime import timedelta
from threading import Barrier, Semaphore

import brotli
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.display import COOKIE
from forums.discussions.boards.models import Access
from forums.discussions.posts.actions import edit_post, react
from forums.discussions.topics.models import Topic
from forums.front.topic import views as topic_views
from forums.kept import actions
from forums.kept.kinds import forget
from forums.kept.models import KeptPage
from forums.moderation import actions as moderation
from roypalang import kept_pages
from tests.clients import signed_in
from tests.make import make_member, make_network, make_post, make_topic
from tests.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)
CODINGS = (
    ("br", "gzip, deflate, br, zstd", brotli.decompress),
    ("gzip", "gzip, deflate", gzip.decompress),
    ("gzip", "br;q=0.5, gzip", gzip.decompress),
)


@pytest.fixture(autouse=True)
def _keeping(settings):
    settings.FORUMS_KEPT_PAGES = True
    settings.FORUMS_QUIET_EDIT = 0


@pytest.fixture
def topic():
    found = make_topic(title="เวรเยี่ยมบ้าน")
    Topic.objects.filter(pk=found.pk).update(created_at=timezone.now() - timedelta(days=9))
    return found


def asked(path, client=None, **more):
    """The answer, and how many statements it took."""
    with CaptureQueriesContext(connection) as counted:
        response = (client or Client()).get(path, **more)
    return response, len(counted)


def is_kept(path, **more):
    """Whether it is given from what is kept: in one statement."""
    response, statements = asked(path, **more)
    assert response.status_code == 200
    return statements == 1


def test_the_second_visitor_gets_what_the_first_got_in_one_statement(topic):
    for path in (
        topic.get_absolute_url(),
        "/",
        "/boards/",
        "/networks/",
        f"/b/{topic.board.slug}/",
    ):
        first, many = asked(path)
        second, one = asked(path)
        assert one == 1 < many, path
        assert second.content == first.content
        for name in ("Content-Type", "Content-Security-Policy", "X-Keep", "Vary", "ETag"):
            assert second.get(name) == first.get(name), (path, name)
        assert second["Cache-Control"] == "no-cache"
        assert second["Content-Length"] == str(len(second.content))
        assert not second.cookies


def test_a_networks_page_too():
    network = make_network()
    asked(network.get_absolute_url())
    assert is_kept(network.get_absolute_url())
    type(network).objects.filter(pk=network.pk).update(aim="ใหม่")
    assert "ใหม่" in Client().get(network.get_absolute_url()).text


def test_the_page_of_a_network_nobody_confirmed_for_years_too():
    network = make_network("คนรักคลอง", make_member())
    type(network).objects.update(confirmed_at=timezone.now() - timedelta(days=900))
    asked(network.get_absolute_url())
    assert is_kept(network.get_absolute_url())


def test_a_reply_makes_its_page_anew_and_leaves_others(topic):
    other = make_topic(title="ขยะในคลอง")
    path, elsewhere = topic.get_absolute_url(), other.get_absolute_url()
    asked(path), asked(elsewhere), asked("/")
    make_post(topic, body="มาใหม่เมื่อกี้")
    assert "มาใหม่เมื่อกี้" in Client().get(path).text
    assert is_kept(elsewhere)
    assert not is_kept("/")


def test_what_is_hidden_is_gone_at_once(topic, moderator):
    post = make_post(topic, body="ไม่ควรอยู่ตรงนี้")
    path = topic.get_absolute_url()
    assert "ไม่ควรอยู่ตรงนี้" in Client().get(path).text
    moderation.hide_post(moderator=moderator, post=post, reason="โฆษณา")
    assert "ไม่ควรอยู่ตรงนี้" not in Client().get(path).text
    asked(path)
    moderation.hide_topic(moderator=moderator, topic=topic, reason="โฆษณา")
    assert Client().get(path).status_code == 404
    assert "เวรเยี่ยมบ้าน" not in Client().get("/").text


def test_a_board_that_is_closed_to_visitors_is_closed_to_what_is_kept(topic):
    path = topic.get_absolute_url()
    asked(path)
    board = type(topic.board).objects.filter(pk=topic.board.pk)
    board.update(read_level=Access.MEMBERS, write_level=Access.MEMBERS)
    assert Client().get(path).status_code == 404


def test_the_count_of_a_topic_beside_is_never_old(topic):
    other = make_topic(title="เวรเยี่ยมบ้านของตำบลเรา")
    Topic.objects.filter(pk=topic.pk).update(related=[other.pk])
    path = topic.get_absolute_url()
    asked(path)
    assert is_kept(path)
    make_post(other)
    assert not is_kept(path)


def test_a_member_gets_her_own_and_leaves_nothing(topic, malee):
    path = topic.get_absolute_url()
    hers = signed_in(malee)
    assert "มาลี" in hers.get(path).text
    assert KeptPage.objects.count() == 0
    visitors = Client().get(path)
    assert "มาลี" not in visitors.text
    again = hers.get(path)
    assert "มาลี" in again.text
    assert "ETag" not in again
    assert Client().get(path).content == visitors.content


@pytest.mark.parametrize(
    "more",
    [
        {"headers": {"authorization": "Bearer x"}},
        {"query_params": {"utm_source": "x"}},
        {"query_params": {"page": "1" * 400}},
    ],
)
def test_what_is_no_plain_visit_is_neither_kept_nor_given(topic, more):
    asked(topic.get_absolute_url())
    before = set(KeptPage.objects.values_list("key", flat=True))
    response, statements = asked(topic.get_absolute_url(), **more)
    assert statements > 1 or response.status_code == 404
    assert set(KeptPage.objects.values_list("key", flat=True)) == before


def test_a_message_that_waits_is_shown_once_and_to_her(topic):
    asked(topic.get_absolute_url())
    client = Client()
    client.cookies["messages"] = "junk"
    assert asked(topic.get_absolute_url(), client)[1] > 1


def test_display_and_language_have_pages_of_their_own(topic):
    path = topic.get_absolute_url()
    plain = Client().get(path).text
    dark, english = Client(), Client()
    dark.cookies[COOKIE] = "dark.large"
    english.cookies["django_language"] = "en"
    for client, says in ((dark, 'data-theme="dark"'), (english, 'lang="en"')):
        first = client.get(path)
        assert says in first.text
        again, statements = asked(path, client)
        assert (again.content, statements) == (first.content, 1)
        assert again["Content-Language"] == first["Content-Language"]
    assert Client().get(path).text == plain


@pytest.mark.parametrize("path", ["/t/999999/", "/b/nothing/", "/n/nothing/", "/?before=x"])
def test_what_is_not_there_is_not_kept(path, topic):
    assert Client().get(path).status_code == 404
    assert Client().get(topic.short_url).status_code == 301
    assert KeptPage.objects.count() == 0


# -- Tags, ways to carry it, and odd requests ----------------------------------------------------


def test_who_has_it_gets_no_body(topic):
    path = topic.get_absolute_url()
    tag = Client().get(path)["ETag"]
    assert tag.startswith('W/"')
    for sent in (tag, tag.removeprefix("W/"), "*", f'"x", {tag}'):
        response, statements = asked(path, headers={"if-none-match": sent})
        assert (response.status_code, response.content, statements) == (304, b"", 1), sent
        assert response["ETag"] == tag
        assert "Content-Type" not in response
        assert response["Vary"]
    for sent in ('W/"other"', "nonsense", "x" * 10_000, '"' * 999):
        assert Client().get(path, headers={"if-none-match": sent}).status_code == 200, sent
    make_post(topic)
    assert Client().get(path, headers={"if-none-match": tag}).status_code == 200


def test_a_page_made_anew_that_says_the_same_has_the_same_tag(topic):
    tag = Client().get("/boards/")["ETag"]
    react(member=make_member(), post=make_post(topic), kind="agree", on=True)
    response, statements = asked("/boards/", headers={"if-none-match": tag})
    assert response.status_code == 304
    assert statements > 1  # it was made


def test_compressed_and_not_are_the_same_page(topic):
    path = topic.get_absolute_url()
    for _twice in range(2):
        plain = Client().get(path)
        assert "Content-Encoding" not in plain
        assert "Accept-Encoding" in plain["Vary"]
        for coding, accepted, unpacked in CODINGS:
            packed = Client().get(path, headers={"accept-encoding": accepted})
            assert packed["Content-Encoding"] == coding
            assert unpacked(packed.content) == plain.content
            assert packed["Content-Length"] == str(len(packed.content))
            assert packed["ETag"] == plain["ETag"]


def test_head_says_what_get_says(topic):
    path = topic.get_absolute_url()
    for _before_and_after in range(2):
        head, got = Client().head(path), Client().get(path)
        assert head.content == b""
    for name in ("ETag", "Content-Type", "Content-Length", "Vary"):
        assert head[name] == got[name]


def test_a_form_is_never_kept():
    assert Client().get("/accounts/login/").status_code == 200
    assert Client().get("/search/?q=x").status_code == 200
    assert KeptPage.objects.count() == 0


# -- Time --------------------------------------------------------------------------------------


def test_it_is_given_no_longer_than_it_is_true(topic):
    make_post(topic)  # "just now", for a minute
    asked(topic.get_absolute_url())
    kept = KeptPage.objects.get()
    assert kept.until - timezone.now() < timedelta(minutes=1)
    assert is_kept(topic.get_absolute_url())
    KeptPage.objects.update(until=timezone.now())
    assert not is_kept(topic.get_absolute_url())


def test_it_is_never_given_longer_than_ten_minutes():
    asked("/boards/")
    kept = KeptPage.objects.get()
    assert kept.until == kept.made_at + kept_pages.LONGEST


def test_a_topic_that_closes_by_itself_ends_its_page(topic):
    at = timezone.now() + timedelta(seconds=30)
    Topic.objects.filter(pk=topic.pk).update(closes_at=at)
    asked(topic.get_absolute_url())
    assert KeptPage.objects.get().until == at


# -- At once -----------------------------------------------------------------------------------


def test_a_page_made_of_old_rows_never_bears_a_new_version(topic, monkeypatch):
    """Whatever is written while a page is made: before its rows are read, or after."""
    path, read = topic.get_absolute_url(), topic_views.topic_at

    def written_before(*args):
        in_threads(lambda _n: make_post(topic, body="เขียนก่อนอ่าน") and None, [1])
        return read(*args)

    def written_after(*args):
        found = topic_views_rows(*args)
        in_threads(lambda _n: make_post(topic, body="เขียนหลังอ่าน") and None, [1])
        return found

    topic_views_rows = topic_views.around
    monkeypatch.setattr(topic_views, "topic_at", written_before)
    Client().get(path)
    monkeypatch.setattr(topic_views, "topic_at", read)
    assert not is_kept(path)
    assert "เขียนก่อนอ่าน" in Client().get(path).text
    make_post(topic, body="อีกอัน")
    monkeypatch.setattr(topic_views, "around", written_after)
    Client().get(path)
    monkeypatch.setattr(topic_views, "around", topic_views_rows)
    assert "เขียนหลังอ่าน" in Client().get(path).text


def test_a_crowd_has_it_made_once(topic, monkeypatch):
    path, made, read = topic.get_absolute_url(), [], topic_views.topic_at
    wait, waiting = kept_pages._flights.wait, Semaphore(0)

    def waits(key):
        waiting.release()
        wait(key)

    def slowly(*args):
        made.append(1)
        for _other in range(5):  # not before all have come, however busy the machine is
            assert waiting.acquire(timeout=30)
        return read(*args)

    monkeypatch.setattr(kept_pages, "PATIENCE", 30)
    monkeypatch.setattr(kept_pages._flights, "wait", waits)
    monkeypatch.setattr(topic_views, "topic_at", slowly)
    pages = in_threads(lambda _n: Client().get(path).content, list(range(6)))
    assert len(set(pages)) == 1, pages
    assert len(made) == 1
    assert not kept_pages._flights._made


def test_who_writes_while_many_read_is_read_by_all_who_come_after(topic):
    path, gate = topic.get_absolute_url(), Barrier(5)

    def go(n):
        gate.wait()
        wrong = []
        for turn in range(8):
            if n == 0:
                make_post(topic, body=f"ครั้งที่ {turn} จบ")
                if f"ครั้งที่ {turn} จบ" not in Client().get(path).text:
                    wrong.append(turn)
            else:
                Client().get(path)
        return wrong

    assert in_threads(go, list(range(5))) == [[]] * 5


def test_what_a_process_remembers_for_a_minute_stands_on_no_kept_page(topic):
    Client().get("/", headers={"authorization": "x"})  # remembers how many wait for an answer
    make_topic(title="ยังไม่มีใครตอบ")
    caches["process"].set("topics_unanswered", 98_765)
    assert not {"98765", "98,765"} & set(re.findall(r"[\d,]+", Client().get("/").text))


def test_of_an_address_no_more_is_remembered_than_where_it_leads_and_of_a_long_one_nothing():
    kept_pages._leads_to.cache_clear()
    for letters in (kept_pages.LONGEST_PATH, kept_pages.LONGEST_PATH + 1, 3_000):
        assert Client().get("/".ljust(letters, "a")).status_code == 404
        assert kept_pages._leads_to.cache_info().currsize == 1
    found = kept_pages._leads_to(None, "/boards/")
    assert (found.view_name, found.tried) == ("boards", None)


def test_a_failure_ends_the_flight(topic, monkeypatch):
    def fails(*_args):
        raise RuntimeError

    monkeypatch.setattr(topic_views, "topic_at", fails)
    client = Client(raise_request_exception=False)
    assert client.get(topic.get_absolute_url()).status_code == 500
    assert not kept_pages._flights._made


def test_the_oldest_go():
    now = timezone.now()
    for path in ("/", "/new/", "/hot/", "/boards/", "/networks/"):
        asked(path)
    KeptPage.objects.filter(pk=KeptPage.objects.first().pk).update(until=now)
    assert actions.sweep(now=now, most=2) == 3
    assert KeptPage.objects.count() == 2


def test_an_edit_is_read_at_once(topic):
    post = make_post(topic, topic.author, body="อย่างเก่า")
    asked(topic.get_absolute_url())
    edit_post(editor=topic.author, post=post, body="อย่างใหม่กว่า", reason="แก้คำ")
    assert "อย่างใหม่กว่า" in Client().get(topic.get_absolute_url()).text


def test_what_is_over_is_forgotten_within_the_hour(topic):
    asked(topic.get_absolute_url())
    forget(timezone.now() + kept_pages.LONGEST)
    assert not KeptPage.objects.exists()
