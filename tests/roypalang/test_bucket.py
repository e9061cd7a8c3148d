"""A storage that is full, silent, gone, lies, or is not ours: said in words, and nobody waits for it twice."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured

from roypalang import bucket as bucket_module
from roypalang.bucket import Bucket, checked
from roypalang.picture_store import StoreAway

pytest.importorskip("obstore")

FILES = {"pictures/ab/one/480.webp": b"small", "pictures/ab/one/960.webp": b"large"}


@contextmanager
def storage(answer):
    """`answer` says (status, body) by method and path; what was asked stands in `asked`."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self):
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            asked.append((self.command, self.path))
            status, body = answer(self.command, self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", '"x"')
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_DELETE = _answer  # noqa: N815 - the library's names

        def log_message(self, *_args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://key:secret@127.0.0.1:{server.server_port}/pictures", asked
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (507, b""),
        (403, b"<Error><Code>QuotaExceeded</Code></Error>"),
        (400, b"<Error><Code>EntityTooLarge</Code></Error>"),
    ],
)
def test_a_full_one_has_no_room(status, body):
    with storage(lambda method, path: (status, body)) as (url, _asked):
        store = Bucket(url)
        with pytest.raises(OSError, match="has no room") as error:
            store.put(FILES)
    assert not isinstance(error.value, StoreAway)
    assert not store.breaker.why


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>", "403"),
        (404, b"<Error><Code>NoSuchBucket</Code></Error>", "there is no such bucket"),
        (500, b"", "500"),
        (503, b"<Error><Code>SlowDown</Code></Error>", "503"),
        (200, b"this is no list", "invalid list response"),
    ],
)
def test_what_it_says_is_said_to_the_keeper_without_its_key(status, body, said):
    with storage(lambda method, path: (status, body)) as (url, _asked):
        why = Bucket(url).why_away()
    assert said in why
    assert "secret" not in why
    assert "\n" not in why
    assert len(why) <= 300


def test_when_the_second_size_fails_the_first_is_deleted_again():
    def answer(method, path):
        return (507, b"") if method == "PUT" and path.endswith("960.webp") else (200, b"<Result/>")

    with storage(answer) as (url, asked), pytest.raises(OSError, match="has no room"):
        Bucket(url).put(FILES)
    small, large = (f"/pictures/{path}" for path in FILES)
    told = list(dict.fromkeys(asked))
    assert told == [("PUT", small), ("PUT", large), ("DELETE", small), ("DELETE", large)]


def test_one_that_is_gone_is_left_alone_for_a_while_and_then_asked_again(caplog, monkeypatch):
    state = {"status": 500}
    with storage(lambda method, path: (state["status"], b"small")) as (url, asked):
        store = Bucket(url)
        for _each in range(5):
            with pytest.raises(StoreAway):
                store.read("pictures/ab/one/480.webp")
        first = len(asked)
        assert first <= 3  # the tries of one question
        state["status"] = 200
        monkeypatch.setattr(store.breaker, "_until", time.monotonic())
        assert store.read("pictures/ab/one/480.webp") == b"small"
        assert len(asked) == first + 1
    said = [record for record in caplog.records if "is away" in record.message]
    assert len(said) == 1


def test_of_a_crowd_one_waits_for_a_silent_one():
    # By the store all but one, at once; until then it answers nobody.
    refused = threading.Barrier(4)

    def answer(method, path):
        refused.wait(10)
        return 200, b"small"

    with storage(answer) as (url, asked):
        store = Bucket(url)
        store.breaker.why = "it was silent a moment ago"

        def read():
            try:
                return store.read("a/b.webp")
            except StoreAway:
                refused.wait(10)
                return None

        with ThreadPoolExecutor(4) as crowd:
            read_by = list(crowd.map(lambda _each: read(), range(4)))
        assert sorted(map(str, read_by)) == ["None", "None", "None", "b'small'"]
        assert len(asked) == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("s3://bucket", "must read"),
        ("https://s3.example/pictures", "must read"),
        ("https://key@s3.example/pictures", "must read"),
        ("https://key:secret@s3.example/", "the name of one bucket"),
        ("https://key:secret@s3.example/one/two", "the name of one bucket"),
        ("https://key:sec/ret@s3.example/one", "must read"),
    ],
)
def test_an_address_that_names_no_bucket_is_refused(url, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        checked(url)


def test_no_address_is_no_bucket():
    assert checked("") == ""
    assert checked("https://key:sec%2Fret@s3.example/one?region=eu") != ""


def test_without_the_package_it_says_what_to_install(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "obstore", None)
    bucket_module.bucket.cache_clear()
    with pytest.raises(ImproperlyConfigured, match="--extra s3"):
        bucket_module.bucket("https://key:secret@s3.example/one")
