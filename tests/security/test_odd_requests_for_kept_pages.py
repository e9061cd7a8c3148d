"""Whatever is asked oddly: nothing is kept that nobody sees twice, nobody is given what is not hers, and it is no 500."""

import gzip
from datetime import timedelta

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.topics.models import Topic
from forums.kept.models import KeptPage
from tests.make import make_network, make_post, make_topic

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "ก" * 10_000
COMMENTS = 25  # two pages


@pytest.fixture(autouse=True)
def _keeping(settings):
    settings.FORUMS_KEPT_PAGES = True
    settings.FORUMS_PACE = settings.FORUMS_LIGHT_PACE = {}


@pytest.fixture
def topic(db) -> Topic:
    """One whose page is kept already."""
    found = make_topic(title="เวรเยี่ยมบ้าน")
    Topic.objects.filter(pk=found.pk).update(created_at=timezone.now() - timedelta(days=9))
    assert Client().get(found.get_absolute_url()).status_code == 200
    assert KeptPage.objects.count() == 1
    return found


def kept() -> set[str]:
    """What is kept: each by its key and the moment it was made, so that one made anew is another."""
    return {f"{page.pk} {page.made_at}" for page in KeptPage.objects.all()}


def ask(path: str, **headers: str):
    """As a visitor who sends these headers, and how many statements it took."""
    with CaptureQueriesContext(connection) as counted:
        response = Client().get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    return response, len(counted)


# -- Addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize("tail", [f"?page={LONG}", f"?{LONG}=1", f"?{'a=1&' * 2_500}", f"{LONG}/"])
def test_ten_thousand_characters_are_not_kept(topic, tail):
    before = kept()
    for path in (topic.get_absolute_url(), "/networks/", "/"):
        assert ask(f"{path}{tail}")[0].status_code in (200, 301, 404, 400)
    assert kept() == before


def test_parameters_nobody_knows_do_not_fill_it(topic):
    before = kept()
    for n in range(20):
        for path in ("/", "/new/", topic.get_absolute_url(), "/networks/", "/boards/"):
            assert ask(f"{path}?utm_source={n}")[0].status_code == 200
    assert kept() == before


@pytest.mark.parametrize(
    "query",
    [
        *("region=x1", "kind=x", "sort=x", "sort=active", "sort=name&sort=name", "sort=name&"),
        *("sort=name&kind=", "sort=%6eame", "&sort=name", "sort=name;", "sort=name&region=x"),
        *("q=x", "tag=x", "sort=name&q=x", "after=1_1", "sort=name&after=x_1"),
    ],
)
def test_values_nobody_knows_do_not_fill_it(topic, query):
    before = kept()
    assert ask(f"/networks/?{query}")[0].status_code in (200, 404)
    assert kept() == before


def test_a_place_in_a_list_is_any_number_and_is_not_kept(topic):
    before = kept()
    for path in ("/", "/new/", topic.board.get_absolute_url()):
        for n in range(5):
            ask(f"{path}?before={1767225600000000 + n}_{n}")
            ask(f"{path}?after={1767225600000000 + n}_{n}")
    assert kept() == before


def test_what_the_site_itself_writes_is_kept(topic):
    make_network()
    for n in range(COMMENTS):
        make_post(topic, body=f"ความเห็น {n}")
    for path in (
        *("/networks/?sort=name", "/networks/?region=north&sort=name", "/networks/?province=50"),
        *(f"{topic.get_absolute_url()}?page={page}" for page in ("1", "2", "last")),
    ):
        first, made = ask(path)
        again, given = ask(path)
        assert (first.status_code, again.status_code) == (200, 200), path
        assert given == 1 < made, path
        assert first.content == again.content


def test_numbers_written_oddly_are_not_kept(topic):
    make_post(topic)
    ask(topic.get_absolute_url())
    before = kept()
    for page in ("01", "0", "-1", "1.0", "๑", "1 ", "", "99999999", "1e9", "9" * 400):
        response = ask(f"{topic.get_absolute_url()}?page={page}")[0]
        assert response.status_code in (200, 301, 404), page
    assert kept() == before


# -- Who asks, and how ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cookies",
    [
        *("a=b", "=", ";;;", "display=" + "x" * 8_000, "display=more.than", "django_language=xx"),
        *("display=\x01", 'display="', "ก=ข", "\xff\xfe=\x80", "sessionid_=1", "Sessionid=1"),
    ],
)
def test_cookies_of_all_kinds_are_given_the_same_page(topic, cookies):
    before = kept()
    plain = ask(topic.get_absolute_url())[0]
    sent = cookies.encode().decode("latin-1")
    response, statements = ask(topic.get_absolute_url(), cookie=sent)
    assert (response.status_code, statements) == (200, 1)
    assert response.content == plain.content
    assert not response.cookies
    assert kept() == before


def test_a_token_that_is_none_is_replaced_for_her_alone(topic):
    before = kept()
    response = ask(topic.get_absolute_url(), cookie="csrftoken=x")[0]
    assert "csrftoken" in response.cookies
    assert not ask(topic.get_absolute_url())[0].cookies
    assert kept() == before


@pytest.mark.parametrize("cookies", ["sessionid=x", "sessionid=", "messages=x", "a=b; sessionid=1"])
def test_a_session_or_a_message_of_any_kind_is_given_nothing_that_was_kept(topic, cookies):
    before = kept()
    response, statements = ask(topic.get_absolute_url(), cookie=cookies)
    assert response.status_code == 200
    assert statements > 1
    assert "ETag" not in response
    assert kept() == before


def test_a_range_is_answered_with_the_whole_page(topic):
    path = topic.get_absolute_url()
    whole = ask(path)[0]
    for sent in ("bytes=0-10", "bytes=-1", "bytes=9-1", "bytes=0-1,3-4", "lines=1", LONG[:99]):
        more = {"if_range": whole["ETag"]}
        response = ask(path, range=sent.encode().decode("latin-1"), **more)[0]
        assert (response.status_code, response.content) == (200, whole.content), sent
        assert "Content-Range" not in response


def test_who_has_any_version_is_told_that_nothing_changed_as_long_as_there_is_one(topic):
    path = topic.get_absolute_url()
    response, statements = ask(path, if_none_match="*")
    assert (response.status_code, response.content, statements) == (304, b"", 1)
    make_post(topic)
    response = ask(path, if_none_match="*")[0]  # made anew for her
    assert (response.status_code, response.content) == (304, b"")
    assert ask("/t/999999/", if_none_match="*")[0].status_code == 404


def test_a_page_that_changed_is_sent_whatever_she_has(topic):
    path = topic.get_absolute_url()
    tag = ask(path)[0]["ETag"]
    make_post(topic, body="ใหม่กว่าที่เธอมี")
    for more in (
        {"if_none_match": tag},
        {"if_none_match": f'"x", {tag}'},
        {"if_modified_since": "Mon, 30 Nov 2099 00:00:00 GMT"},
        {"if_none_match": tag, "if_modified_since": "Mon, 30 Nov 2099 00:00:00 GMT"},
    ):
        response = ask(path, **more)[0]
        assert response.status_code == 200, more
        assert "ใหม่กว่าที่เธอมี" in response.text


def test_conditions_for_those_who_write_change_nothing_here(topic):
    path = topic.get_absolute_url()
    for more in ({"if_match": '"x"'}, {"if_unmodified_since": "Mon, 30 Nov 1999 00:00:00 GMT"}):
        assert ask(path, **more)[0].status_code == 200


@pytest.mark.parametrize(
    "accepted",
    ["", "*", "br;q=0, *", "br;q=0, *;q=0", "x" * 8_000, "gzip;q=0", ",;=,", "gzip;q=nan", "ก"],
)
def test_odd_codings_are_answered_so_that_they_can_be_read(topic, accepted):
    path, plain = topic.get_absolute_url(), ask(topic.get_absolute_url())[0].content
    response, statements = ask(path, accept_encoding=accepted.encode().decode("latin-1"))
    assert (response.status_code, statements) == (200, 1)
    assert unpacked(response) == plain


def unpacked(response) -> bytes:
    coding = response.headers.get("Content-Encoding", "")
    ways = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    return ways[coding](response.content)


def test_head_is_given_what_is_kept_and_keeps_nothing(topic):
    before = kept()
    with CaptureQueriesContext(connection) as counted:
        response = Client().head(topic.get_absolute_url())
    assert (response.status_code, response.content, len(counted)) == (200, b"", 1)
    assert int(response["Content-Length"]) > 1_000
    assert Client().head("/boards/").status_code == 200
    assert kept() == before
    tag = response["ETag"]
    again = Client().head(topic.get_absolute_url(), headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "patch"])
def test_other_methods_are_given_nothing_that_was_kept(topic, method):
    before = kept()
    response = getattr(Client(), method)(topic.get_absolute_url())
    assert response.status_code in (200, 403, 405)
    assert b"data-reader" not in response.content or response.status_code != 200
    assert kept() == before


def test_hosts_that_are_not_ours_are_refused_whatever_is_kept(topic):
    before = kept()
    for host in ("evil.example", "testserver.evil.example", "testserver@x", "x" * 5_000, "ก"):
        response = ask(topic.get_absolute_url(), host=host.encode().decode("latin-1"))[0]
        assert response.status_code == 400, host
    assert kept() == before


def test_ports_and_other_names_of_ours_do_not_fill_it(topic, settings):
    path, before = topic.get_absolute_url(), kept()
    given = [ask(path, host=host)[0] for host in ("testserver:1", "testserver:2", "localhost")]
    secure = Client().get(path, secure=True)
    assert kept() == before
    settings.FORUMS_KEPT_PAGES = False
    made = ask(path, host="localhost:9")[0]
    assert {response.content for response in (*given, secure)} == {made.content}
