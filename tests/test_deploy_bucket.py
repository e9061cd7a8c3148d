"""deploy/several/bucket.conf, in a real nginx: what goes to the storage, and what of it comes to a reader."""

import subprocess
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.drills.cluster import free_port, until
from tests.needs import wants_program

CONF = Path(__file__).resolve().parent.parent / "deploy/several/bucket.conf"
PICTURE, SECRET = b"RIFF of a picture", b"<Error>in the bucket roypalang-pictures</Error>"
AROUND = """
daemon off;
pid {folder}/pid;
error_log {folder}/errors crit;
worker_processes 1;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        proxy_set_header X-Forwarded-For $remote_addr;
        {bucket}
        location / {{ proxy_pass http://127.0.0.1:{site}; }}
    }}
}}
"""


class Site(BaseHTTPRequestHandler):
    """Lets everybody see every picture, as the view does."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("X-Accel-Redirect", f"/protected-media{self.path}")
        self.send_header("Content-Type", "image/webp")
        self.send_header("Cache-Control", "private, no-cache")
        self.send_header("ETag", '"ours"')
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        pass


class Storage(BaseHTTPRequestHandler):
    """Answers with the number that the address ends with."""

    heard: list[tuple[str, dict[str, str], bytes]]

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.heard.append((self.path, dict(self.headers), body))
        status = int(self.path.rpartition("=")[2])
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "http://roypalang-pictures.s3.example/")
        self.send_header("ETag", '"theirs"')
        self.send_header("Set-Cookie", "theirs=1")
        self.send_header("x-amz-server-side-encryption", "AES256")
        self.end_headers()
        self.wfile.write(PICTURE if status == 200 else SECRET)

    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    wants_program("nginx")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    Storage.heard = []
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), each) for each in (Site, Storage)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    site, storage = (f"127.0.0.1:{server.server_port}" for server in servers)
    bucket = CONF.read_text().replace("https://s3.example/", f"http://{storage}/")
    (folder / "nginx.conf").write_text(
        AROUND.format(folder=folder, port=port, site=site.partition(":")[2], bucket=bucket)
    )
    nginx = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"])  # noqa: S603, S607
    try:
        until(lambda: _answers(port), 20)
        Storage.heard.clear()
        yield port
    finally:
        nginx.terminate()
        nginx.wait()
        for server in servers:
            server.shutdown()
            server.server_close()


def _answers(port: int) -> bool:
    try:
        return bool(asked(port, "/a/72.webp?said=200"))
    except OSError:
        return False


def asked(port: int, address: str, body: bytes | None = None) -> tuple[int, dict[str, str], bytes]:
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    line.request(
        "GET", address, body=body, headers={"Cookie": "sessionid=hers", "Range": "bytes=0-1"}
    )
    answer = line.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def test_the_storage_hears_the_signed_question_and_nothing_of_the_reader(port):
    Storage.heard.clear()
    assert asked(port, "/a/72.webp?signed&said=200", body=b"hers")[2] == PICTURE
    ((address, headers, body),) = Storage.heard
    assert address == "/roypalang-pictures/a/72.webp?signed&said=200"
    assert set(headers) <= {"Host", "Connection"}
    assert body == b""


def test_the_reader_gets_the_picture_with_what_the_site_said_of_it(port):
    status, headers, body = asked(port, "/a/72.webp?said=200")
    assert (status, body) == (200, PICTURE)
    assert headers["ETag"] == '"ours"'
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Content-Type"] == "image/webp"
    assert not {"Set-Cookie", "x-amz-server-side-encryption"} & set(headers)


@pytest.mark.parametrize(
    ("theirs", "ours"), [(301, 503), (307, 503), (403, 404), (404, 404), (500, 503)]
)
def test_no_word_of_the_storages_comes_to_the_reader_nor_where_it_sends_us(port, theirs, ours):
    status, headers, body = asked(port, f"/a/72.webp?said={theirs}")
    assert status == ours
    assert headers["Cache-Control"] == "no-store"
    assert "Location" not in headers
    assert SECRET not in body


def test_nobody_asks_past_the_site(port):
    Storage.heard.clear()
    assert asked(port, "/protected-media/a/72.webp?said=200")[0] == 404
    assert Storage.heard == []
