"""The log cannot be forged, and holds no keys and nothing that was searched for."""

import logging
import re
import socket
from urllib.parse import urlsplit

import pytest
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver
from gunicorn.config import Config

from roypalang.access_log import Logger, WithoutKeys, shown_path, shown_words
from tests.served import served


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("/", "/"),
        ("/t/12/", "/t/12/"),
        ("/n/%E0%B8%84%E0%B8%A5%E0%B8%AD%E0%B8%87/", "/n/%E0%B8%84%E0%B8%A5%E0%B8%AD%E0%B8%87/"),
        ("/search/?q=secret", "/search/"),
        ("/search/#secret", "/search/"),
        ("http://elsewhere/search/?q=secret", "/search/"),
        ("/join/abcDEF-12/", "/join/…"),
        ("//JOIN//abc/", "//JOIN//…"),
        ("/%6Aoin/abc/x", "/join/…"),
        ("/join/%0Aabc", "/join/…"),
        ("/join/", "/join/"),
        ("/joining/abc", "/joining/abc"),
        ("/calendar/abc.ics", "/calendar/…"),
        ("/mail/stop/12-told.abc/", "/mail/stop/…"),
        ("/accounts/confirm-email/MQ:1x/", "/accounts/confirm-email/…"),
        ("/accounts/password/reset/key/2-set-password/", "/accounts/password/reset/key/…"),
        ('/x%0A203.0.113.9 "POST /admin/"', "/x%0A203.0.113.9%20%22POST%20/admin/%22"),
        ("/\u00ff\0\r\n\x1b[2J", "/%C3%BF%00%0D%0A%1B%5B2J"),
        ("/%ff%fe", "/%FF%FE"),
        ("/%2541", "/%2541"),
        ("/" + "a" * 3000, "/" + "a" * 999 + "…"),
    ],
)
def test_an_address_as_it_stands_in_the_log(sent, shown):
    assert shown_path(sent) == shown


def _patterns(patterns, prefix=""):
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, path)
        else:
            yield path


def test_every_address_that_is_a_key_is_masked():
    """Whatever is called a key, a token or a secret in an address of ours."""
    keys = [
        path
        for path in _patterns(get_resolver().url_patterns)
        if re.search("token|key>|secret", path)
    ]
    assert len(keys) >= 5
    for path in keys:
        asked = "/" + re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)|<[\w:]+>", "geheim", path)
        asked = asked.replace("^", "").replace("$", "")
        assert "geheim" in asked
        assert "geheim" not in shown_path(asked), path


def test_what_a_client_says_of_itself_stays_in_its_quotation_marks():
    assert shown_words('a" \\ \n\x1b é') == "a\\x22 \\x5c \\x0a\\x1b \\xe9"


@pytest.mark.django_db(transaction=True)
def test_lines_of_the_served_site(tmp_path):
    """What is sent to a true gunicorn makes one line each, with neither keys nor queries nor forged words."""
    log = tmp_path / "access.log"
    with served(tmp_path, ACCESS_LOG=str(log)) as site:
        for path in (
            "/search/?q=geheim",
            "/join/geheim/",
            "/calendar/geheim.ics",
            "/accounts/confirm-email/geheim/",
            '/x%0A203.0.113.9%20[1]%20"POST%20/admin/"',
            "/%00%0D%0A",
        ):
            with socket.create_connection(("127.0.0.1", urlsplit(site).port)) as line:
                line.sendall(
                    f"GET {path} HTTP/1.1\r\nHost: localhost\r\nReferer: http://x/?q=geheim\r\n"
                    'User-Agent: a" b\r\nConnection: close\r\n\r\n'.encode()
                )
                while line.recv(65536):
                    pass
        with socket.create_connection(("127.0.0.1", urlsplit(site).port)) as line:
            line.sendall(b"GET /join/geheim x y HTTP/1.1\r\n\r\n")
            while line.recv(65536):
                pass
    written = log.read_bytes()
    lines = written.decode("ascii", "replace").splitlines()
    lines = [line for line in lines if "/readyz" not in line]
    assert len(lines) >= 6
    assert all(re.match(r'127\.0\.0\.1 \[[^]]+\] "\S* \S+" \d{3} ', line) for line in lines), lines
    assert "geheim" not in written.decode("utf-8")
    assert "geheim" not in (tmp_path / "server.log").read_text()
    assert b"\0" not in written


def test_what_breaks_is_told_without_its_key(caplog):
    logger = Logger(Config())
    logger.error_log.propagate = True
    try:
        logger.exception("Error handling request %s %s", "GET", "/join/geheim/?q=geheim")
        logger.warning(
            "Invalid request from ip=1.2.3.4: Invalid HTTP request line: 'GET /join/geheim'"
        )
    finally:
        logger.error_log.propagate = False
    assert [record.getMessage() for record in caplog.records] == [
        "Error handling request GET /join/…",
        "Invalid request from ip=1.2.3.4: Invalid HTTP request line",
    ]


def test_djangos_lines_name_no_key_either():
    request = RequestFactory().get("/join/geheim/?q=x")
    record = logging.LogRecord(
        "django.request", 40, "", 0, "%s: %s", ("Error", "/join/geheim/"), None
    )
    record.request = request
    assert WithoutKeys().filter(record)
    assert record.getMessage() == "Error: /join/…"
