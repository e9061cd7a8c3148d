"""An answer given before its body was read: the connection goes on, or is closed aloud."""

import http.client
import io
import socket
import time
from urllib.parse import urlsplit

import pytest

from roypalang import unread
from roypalang.unread import read_to_the_end
from tests.served import served


def answer(
    body: bytes, *, length: str | None = None, reads: int = 0, chunked: bool = False
) -> dict:
    """The headers of an application that reads so many bytes of its body."""

    def application(environ, start_response):
        environ["wsgi.input"].read(reads) if reads else None
        start_response("405 No", [("Content-Type", "text/plain")])
        return [b"no"]

    seen: dict[str, str] = {}
    source = io.BytesIO(body)
    environ = {"wsgi.input": source, "CONTENT_LENGTH": length or str(len(body))}
    if chunked:
        environ = {"wsgi.input": source, "HTTP_TRANSFER_ENCODING": "chunked"}
    read_to_the_end(application)(environ, lambda status, headers: seen.update(headers))
    return {"left": len(source.read()), **seen}


@pytest.mark.parametrize("reads", [0, 10, 100_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_what_is_left_is_read(reads, chunked):
    found = answer(b"x" * 100_000, reads=reads, chunked=chunked)
    assert (found["left"], "Connection" in found) == (0, False)


def test_too_much_is_left_and_said(monkeypatch):
    monkeypatch.setattr(unread, "MOST", 200_000)
    found = answer(b"x" * 1_000_000)
    assert found["Connection"] == "close"
    assert found["left"] > 700_000


def test_nothing_is_read_of_what_has_no_body():
    assert answer(b"next request", length="0") == {"left": 12, "Content-Type": "text/plain"}
    assert answer(b"next request", length="x")["left"] == 12


@pytest.mark.django_db(transaction=True)
def test_a_served_connection_goes_on_or_says_that_it_ends(tmp_path):
    """Ten times each: what is answered from the first lines, then a page over the same connection."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    with served(tmp_path) as site:
        for method, size, headers, status in (
            ("PUT", 100_000, {}, 405),
            ("POST", 2_000_000, form, 413),
            ("POST", 100_000, {**form, "Host": "evil.example"}, 400),
            ("POST", 20_000_000, {"Content-Type": "multipart/form-data; boundary=x"}, 413),
            ("POST", 50_000_000, {"Content-Type": "multipart/form-data; boundary=x"}, 413),
        ):
            for _each in range(3):
                line = http.client.HTTPConnection("127.0.0.1", urlsplit(site).port, timeout=20)
                try:
                    line.request(method, "/accounts/login/", b"x" * size, headers)
                except OSError:
                    assert size > unread.MOST  # more than is read: the sender is cut off
                    continue
                said = line.getresponse()
                said.read()
                assert said.status == status, (method, size)
                if said.will_close:
                    assert size > unread.MOST
                    continue
                line.request("GET", "/healthz", headers={"Host": "localhost"})
                assert line.getresponse().status == 200
        # Who stops in the midst of it holds nobody up, and is told that the connection ends.
        with socket.create_connection(("127.0.0.1", urlsplit(site).port), timeout=20) as line:
            began = time.monotonic()
            line.sendall(b"PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\nx")
            said = line.recv(65536).lower()
            assert b" 405 " in said
            assert b"connection: close" in said
            assert time.monotonic() - began < 10
