"""Handing a message over: to public hosts only, nothing followed, little read, never for long."""

import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from forums.notifications.push import posting
from forums.notifications.push.posting import (
    NoAnswer,
    NotPublic,
    ServiceAnswer,
    is_public,
    post,
    split_endpoint,
)
from tests.push_service import HOST, PUBLIC, leads_to

THERE = f"https://{HOST}/send/1"
HEADERS = {"Authorization": "vapid t=x, k=x"}


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/dKx:APA91b_x-1",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://sg2p.notify.windows.com:443/w/?token=BQYAAAB%2bx",
    ],
)
def test_addresses_of_push_services_are_taken(endpoint):
    assert split_endpoint(endpoint).hostname


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://push.example.org/",
        "HTTPS://push.example.org/",
        "https://",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://8.8.8.8/x",
        "https://0x7f.1/x",
        "https://2130706433/x",
        "https://[::1]/x",
        "https://push.example.org:8443/x",
        "https://push.example.org:22/",
        "https://a@push.example.org/",
        "https://push.example.org@127.0.0.1/",
        "https://push.example.org#@127.0.0.1/",
        "https://push.example.org/x#y",
        "https://push.example.org/x y",
        "https://push.example.org/x\r\nHost: inside",
        "https://push.example.org/ไทย",
        "https://ไทย.example.org/",
        "https://push_example.org/",
        "https://push.example.org\\@inside/",
        "https://example.1/",
        "//push.example.org/x",
        "file:///etc/passwd",
    ],
)
def test_others_are_not(endpoint):
    with pytest.raises(ValueError):
        split_endpoint(endpoint)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8",
        "64:ff9b::a00:1", "2002:a00:1::1", "2001:0:a00:1::1", "2001:db8::1", "::127.0.0.1",
    ],
)  # fmt: skip
def test_what_lies_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", PUBLIC, "2a00:1450:4001:80b::200e"])
def test_what_lies_outside_is(address):
    assert is_public(address)


def look_up(monkeypatch, *addresses):
    def found(host, port, *_args, **_kwargs):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses
        ]

    monkeypatch.setattr(posting.socket, "getaddrinfo", found)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::1"]])
def test_a_name_that_leads_inside_gets_no_call(monkeypatch, addresses):
    look_up(monkeypatch, *addresses)
    monkeypatch.setattr(posting.socket, "create_connection", lambda *a, **k: pytest.fail("called"))
    with pytest.raises(NotPublic):
        post(THERE, b"x", HEADERS)


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch):
    """A name that leads elsewhere the second time it is looked up is looked up once."""
    called = []

    def connect(address, timeout):
        called.append(address)
        raise OSError

    look_up(monkeypatch, PUBLIC)
    monkeypatch.setattr(posting.socket, "create_connection", connect)
    with pytest.raises(NoAnswer):
        post(THERE, b"x", HEADERS)
    assert called == [(PUBLIC, 443)]


def test_a_host_that_cannot_prove_its_name_gets_nothing(service, monkeypatch):
    monkeypatch.setattr(posting, "_trust", posting.ssl.create_default_context)
    with pytest.raises(NoAnswer, match="certificate"):
        post(THERE, b"x", HEADERS)
    assert service.got == []


def test_a_redirect_is_not_followed(service):
    service.mood["/send/1"] = (307, {"Location": "https://push.example.org/elsewhere"})
    assert post(THERE, b"x", HEADERS).status == 307
    assert [path for path, _headers, _body in service.got] == ["/send/1"]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("0", 0), ("soon", None), ("-5", None), ("9" * 30, 999_999_999), ("๕", None)],
)
def test_how_long_it_wants_to_be_left_alone(service, said, seconds):
    service.mood["/send/1"] = (429, {"Retry-After": said.encode().decode("latin-1")})
    assert post(THERE, b"x", HEADERS) == ServiceAnswer(429, seconds)


def test_or_until_when(service):
    until = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    service.mood["/send/1"] = (503, {"Retry-After": until})
    assert 590 <= post(THERE, b"x", HEADERS).wait <= 600


def silent(call):
    call.server.over.wait(20)


def dripping(call):
    while not call.server.over.wait(0.05):
        call.wfile.write(b"H")


def endless(call):
    call.wfile.write(b"HTTP/1.1 201 Created\r\n")
    while True:
        call.wfile.write(b"X-More: " + b"x" * 1000 + b"\r\n")


def babbling(call):
    call.wfile.write(b"220 mail.example.org ESMTP\r\n\r\n")


@pytest.mark.parametrize("mood", [silent, dripping, babbling])
def test_who_does_not_answer_is_not_waited_for(service, monkeypatch, mood):
    monkeypatch.setattr(posting, "SECONDS", 0.6)
    service.mood["/send/1"] = mood
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        post(THERE, b"x", HEADERS)
    assert time.monotonic() - began < 3


def test_of_an_endless_answer_only_the_beginning_is_read(service):
    service.mood["/send/1"] = endless
    began = time.monotonic()
    assert post(THERE, b"x", HEADERS).status == 201
    assert time.monotonic() - began < 2


def test_who_takes_the_call_and_never_shakes_hands_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(posting, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        leads_to(server.getsockname()[1], monkeypatch.setattr)
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            post(THERE, b"x", HEADERS)
        assert time.monotonic() - began < 3
