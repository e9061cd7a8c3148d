"""A kept page is given before most of what a request passes: each is answered, refused, counted and noted as where none is."""

import gzip
from datetime import timedelta
from itertools import product

import brotli
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.display import COOKIE
from forums.base.rate_limits import counts
from forums.discussions.topics.models import Topic
from forums.moderation.crawlers.actions import save_crawler
from forums.moderation.crawlers.limits import turns
from forums.privacy.traffic import recording
from roypalang import measuring, tally
from tests.make import make_network, make_topic

pytestmark = pytest.mark.django_db(transaction=True)

# Of an answer: its name, how it is carried, and what is said of a page that is kept.
OF_EACH = {
    *("X-Request-ID", "Expires", "Retry-After", "ETag", "Cache-Control"),
    *("Content-Length", "Content-Encoding", "Vary"),
}
UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140 Mobile"
TAG = "the tag of the page"  # stands for it


@pytest.fixture
def paths(db, settings, monkeypatch) -> dict[str, str]:
    """Addresses whose pages are kept already, in a moment that stays."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    settings.FORUMS_KEPT_PAGES = True
    settings.FORUMS_LIGHT_PACE = {}
    topic = make_topic(title="เวรเยี่ยมบ้าน")
    Topic.objects.filter(pk=topic.pk).update(created_at=timezone.now() - timedelta(days=9))
    network = make_network()
    found = {"topic": topic.get_absolute_url(), "network": network.get_absolute_url()}
    found |= {"home": "/", "directory": "/networks/?sort=name"}
    for path in found.values():
        assert Client().get(path).status_code == 200
    caches["process"].clear()
    return found


@pytest.fixture
def plain(paths) -> Client:
    """A browser of a site where nothing is kept."""
    client = Client(raise_request_exception=False)
    with override_settings(FORUMS_KEPT_PAGES=False):
        client.handler.load_middleware()
    return client


def ask(client, path, method="get", cookies="", **sent):
    """The answer, and how many statements it took."""
    more = {name: value for name, value in sent.items() if name in ("secure", "headers")}
    said = {name: value for name, value in sent.items() if name not in more}
    client.cookies.clear()
    with CaptureQueriesContext(connection) as counted:
        answer = client.generic(
            method.upper(), path, HTTP_COOKIE=cookies.encode().decode("latin-1"), **more, **said
        )
    return answer, len(counted)


def told(answer):
    """All that she is answered with, read as her browser reads it; what is drawn by lot left out."""
    headers = {name: value for name, value in answer.headers.items() if name not in OF_EACH}
    cookies = {name: morsel["max-age"] for name, morsel in answer.cookies.items()}
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    body = UNPACKED[answer.get("Content-Encoding", "") if content else ""](content)
    named = answer.get("X-Request-ID", "-").encode()
    return answer.status_code, headers, cookies, body.replace(named, b"NAME")


def varies(answer):
    return {each.strip().lower() for each in answer.get("Vary", "").split(",") if each.strip()}


ODD = {
    "nothing else": {},
    "HEAD": {"method": "head"},
    "a part": {"HTTP_RANGE": "bytes=0-10"},
    "a part of one version": {"HTTP_RANGE": "bytes=0-10", "HTTP_IF_RANGE": 'W/"x"'},
    "a part of none": {"HTTP_RANGE": "bytes=9-1,lines=x"},
    "another version": {"HTTP_IF_NONE_MATCH": 'W/"0123456789abcdef"'},
    "no tag at all": {"HTTP_IF_NONE_MATCH": "x" * 9_000},
    "since when": {"HTTP_IF_MODIFIED_SINCE": "Mon, 30 Nov 2099 00:00:00 GMT"},
    "br": {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd"},
    "gzip": {"HTTP_ACCEPT_ENCODING": "br;q=0.1, gzip"},
    "no coding": {"HTTP_ACCEPT_ENCODING": "identity, *;q=0"},
    "odd codings": {"HTTP_ACCEPT_ENCODING": ",;=br;;q=nan,x" * 900},
    "another name of ours": {"HTTP_HOST": "localhost:99"},
    "no name of ours": {"HTTP_HOST": "evil.example"},
    "no name": {"HTTP_HOST": "x y@z"},
    "two names": {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_HOST": "evil.example"},
    "https": {"secure": True},
    "a proxy's word": {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "198.51.100.9"},
    "a session that is none": {"cookies": "sessionid=x"},
    "an empty session": {"cookies": "sessionid="},
    "a message": {"cookies": "messages=x"},
    "a token": {"cookies": f"csrftoken={'a' * 32}"},
    "an old token": {"cookies": f"csrftoken={'a' * 64}"},
    "a token that is none": {"cookies": "csrftoken=x"},
    "a token of other signs": {"cookies": f"csrftoken={'ก' * 32}"},
    "cookies of others": {"cookies": '_ga=1; a="b; =; ;;; Sessionid=1; \x01=\x02'},
    "what she wrote": {"cookies": "wrote=ffffffffffffffff"},
    "a name and password": {"HTTP_AUTHORIZATION": "Basic eDp4"},
    "an empty authorization": {"HTTP_AUTHORIZATION": ""},
    "for a script": {"HTTP_ACCEPT": "application/json", "HTTP_X_REQUESTED_WITH": "fetch"},
    "ahead": {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
    "with a body": {"CONTENT_LENGTH": "4", "CONTENT_TYPE": "text/plain"},
    "as another method": {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
    "OPTIONS": {"method": "options"},
    "POST": {"method": "post"},
    "PUT": {"method": "put"},
    "a method in small letters": {"method": "get "},
    "a method of its own": {"method": "purge"},
    "under a folder": {"SCRIPT_NAME": "/x"},
    "no agent": {"HTTP_USER_AGENT": ""},
}


@pytest.mark.parametrize("odd", ODD)
def test_each_is_answered_as_where_nothing_is_kept(paths, plain, odd):
    for path in paths.values():
        given, statements = ask(Client(raise_request_exception=False), path, **ODD[odd])
        made, _many = ask(plain, path, **ODD[odd])
        assert told(given) == told(made), path
        assert statements == 1 or odd not in ("nothing else", "HEAD", "br", "https", "a token")
        if "ETag" in given:
            assert varies(given) >= varies(made) | {"cookie", "accept-encoding"}


@pytest.mark.parametrize(
    "tail",
    [
        *("?", "?x=1", "?page=1", "?page=2", "?page=last", "?page=0", "?page=1&page=1", "?%00", "?\x01"),
        *("?q=x", "?sort=name", "?sort=name&sort=name", "?sort=%6eame", "?before=1_1", "#x", "%00/"),
        *("x", "/", "../", "%2e%2e/", ")", "%E0%B8%81", "%ff", "%"),
    ],
)  # fmt: skip
def test_addresses_that_are_nearly_those_are_answered_as_where_nothing_is_kept(paths, plain, tail):
    for path in (*paths.values(), "/networks", "//", "/NETWORKS/"):
        given, _statements = ask(Client(raise_request_exception=False), f"{path}{tail}")
        made, _many = ask(plain, f"{path}{tail}")
        assert told(given) == told(made), path


@pytest.mark.parametrize(
    ("language", "shown"),
    [*product(("", "en", "th", "de", "EN"), ("", "dark.large", "light.", ".x", "<b>.large"))],
)
def test_so_it_is_in_each_language_and_display(paths, plain, language, shown):
    cookies = f"django_language={language}; {COOKIE}={shown}"
    for path in paths.values():
        made, _many = ask(plain, path, cookies=cookies)
        for _twice in range(2):
            given, statements = ask(Client(), path, cookies=cookies)
            assert told(given) == told(made), path
        assert statements == 1


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        (TAG, 304),
        (f'"a", {TAG}', 304),
        (f'{TAG} , W/"b"', 304),
        ("*", 304),
        (f"{TAG}x", 200),
        (f"x{TAG}", 200),
        (f"{TAG}{TAG}", 200),
        (f"*, {TAG}", 304),
        ("W/*", 200),
        ("W/", 200),
        ("", 200),
    ],
)
def test_a_304_says_all_that_the_page_would_have_said(paths, tags, status):
    for path in paths.values():
        whole, _one = ask(Client(), path)
        strong = whole["ETag"].removeprefix("W/")
        for tag in (whole["ETag"], strong):
            for method in ("get", "head"):
                sent = tags.replace(TAG, tag)
                answer, statements = ask(Client(), path, method=method, HTTP_IF_NONE_MATCH=sent)
                assert (answer.status_code, statements) == (status, 1), sent
                kept = set(whole.headers) - {"Content-Type", "Content-Length", "X-Request-ID"}
                assert {name: answer.get(name) for name in kept} == {
                    name: whole[name] for name in kept
                }
                if status == 304:
                    assert not answer.content
                    assert kept | {"X-Request-ID"} == set(answer.headers)


# -- Who is refused a page is refused a kept one -----------------------------------------------------


def refused(paths, plain, **sent):
    """The status of each answer, which is that where nothing is kept; none of them holds a page."""
    found = []
    for path in paths.values():
        given, statements = ask(Client(raise_request_exception=False), path, **sent)
        assert told(given) == told(ask(plain, path, **sent)[0]), path
        assert b"data-reader" not in given.content
        assert "ETag" not in given
        found.append((given.status_code, statements))
    return found


def test_a_crawler_that_is_refused(paths, plain):
    save_crawler(sign="BadBot", treatment="refused")
    agent = {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; badbot/1.0)"}
    assert {status for status, _n in refused(paths, plain, **agent)} == {403}


def test_a_crawler_that_is_slowed(paths, plain):
    save_crawler(sign="SlowBot", treatment="slowed", seconds=3_000)
    turns.clear()
    agent = {"HTTP_USER_AGENT": "SlowBot/2"}
    assert ask(Client(), paths["topic"], **agent)[0].status_code == 200
    assert {status for status, _n in refused(paths, plain, **agent)} == {429}


def test_who_reads_too_fast_without_a_statement(paths, plain, settings):
    settings.FORUMS_LIGHT_PACE = {"pages": (1, 0)}
    assert set(refused(paths, plain)) == {(429, 0)}


def test_a_page_counts_once_whether_it_is_given_or_made(paths, settings):
    settings.FORUMS_LIGHT_PACE = {"pages": (9, 9), "deep_pages": (9, 9)}
    for path in (*paths.values(), f"{paths['topic']}?page=1", "/?before=1_1", "/search/"):
        for sent in ({}, {"HTTP_AUTHORIZATION": "x"}, {"cookies": "messages=x"}):
            counts.clear()
            ask(Client(), path, **sent)
            found = {what: done for (what, _who), done in counts._done.items()}
            deep = {"deep_pages": 1} if "page=" in path or "before=" in path else {}
            assert found == {"pages": 1, **deep}, (path, sent)


def test_who_comes_without_https_where_it_is_asked_for(paths, settings):
    settings.SECURE_SSL_REDIRECT = True
    with override_settings(FORUMS_KEPT_PAGES=False):
        plain = Client()
        plain.handler.load_middleware()
    assert set(refused(paths, plain)) == {(301, 0)}
    behind = {"HTTP_X_FORWARDED_PROTO": "https"}  # by a proxy nobody told us of
    assert set(refused(paths, plain, **behind)) == {(503, 0)}
    given, statements = ask(Client(), paths["topic"], secure=True)
    assert (given.status_code, statements) == (200, 1)


# -- It is counted, and noted ------------------------------------------------------------------------


def test_it_is_noted_and_counted_as_the_page_it_is(paths, plain, settings, monkeypatch):
    settings.FORUMS_TRAFFIC_LOG = settings.FORUMS_VITALS = True
    settings.METRICS_TOKEN = "a-token-of-the-keeper"
    measuring.counted.cache_clear()
    measuring._look.cache_clear()
    lines, seen = [], []
    monkeypatch.setattr(recording.recorder, "note", lines.append)
    monkeypatch.setattr(tally.tally, "note", lambda _took, status: seen.append(status) or False)
    with override_settings(FORUMS_KEPT_PAGES=False):
        plain.handler.load_middleware()
    for path in paths.values():
        tag = ask(Client(), path)[0]["ETag"]
        ways = [(Client(), {}), (plain, {}), (Client(), {"HTTP_IF_NONE_MATCH": tag})]
        lines.clear(), seen.clear()
        for client, more in ways:
            ask(client, path, REMOTE_ADDR="203.0.113.7", REMOTE_PORT="4711", **more)
        assert len({line[1:] for line in lines}) == 1, lines
        assert lines[0].kind.startswith("GET ")
        assert (len(lines), seen) == (3, [200, 200, 304])
        view = lines[0].kind.removeprefix("GET ")
        registry = measuring.counted().registry
        for status, many in (("200", 3), ("304", 1)):
            labels = {"view": view, "method": "GET", "status": status}
            assert registry.get_sample_value("roypalang_requests_total", labels) == many
    looks = {"cache": "pages", "found": "yes"}
    assert registry.get_sample_value("roypalang_cache_looks_total", looks) == 3 * len(paths)
    measuring.counted.cache_clear()
    measuring._look.cache_clear()
