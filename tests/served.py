"""The site as it is served: a gunicorn of its own, with our settings of it, over the test database."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from django.db import connection

from tests.needs import CHECKOUT


def database_url(name: str = "") -> str:
    """The address of the test database, or of another beside it, for another process."""
    at = connection.settings_dict
    user, host, name = (
        quote(str(part or ""), safe="") for part in (at["USER"], at["HOST"], name or at["NAME"])
    )
    password = f":{quote(at['PASSWORD'], safe='')}" if at.get("PASSWORD") else ""
    port = f":{at['PORT']}" if at.get("PORT") else ""
    return f"postgresql://{user}{password}@{host}{port}/{name}"


STARTS_WITHIN = 120  # seconds, on a machine that is busy with other things


@contextmanager
def served(folder: Path, **told: str) -> Iterator[str]:
    """The address of a gunicorn with this in its environment; its log is `server.log` in that folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.security.fuzz_settings",
        "WEB_BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "1",
        **told,
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "roypalang/gunicorn.py"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=CHECKOUT, env={**os.environ, **told}, stdout=log, stderr=log
        )
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)  # gunicorn itself gives a process that only begins 30 s
        print((folder / "server.log").read_text()[-20_000:])


def _wait_until_ready(server: subprocess.Popen[bytes], page: str) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urlopen(page, timeout=5).close()
            return
        except OSError:
            assert server.poll() is None, "gunicorn has ended"
            assert time.monotonic() < end, "gunicorn does not answer"
            time.sleep(0.1)
