"""Commands, with what they say."""

import io
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

from tests.needs import CHECKOUT


def recount() -> list[str]:
    out = io.StringIO()
    call_command("recount", stdout=out, stderr=io.StringIO())
    return out.getvalue().splitlines()


def seed_load(**options: object) -> str:
    out = io.StringIO()
    call_command("seed_load", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def killed_once(done: Callable[[], bool], program: str, *arguments: str) -> None:
    """Run a program with the test database's name and these arguments, and kill it once `done()`."""
    child = subprocess.Popen(
        [
            *(sys.executable, "-c", textwrap.dedent(program)),
            *(str(connection.settings_dict["NAME"]), *arguments),
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=CHECKOUT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    while not done() and child.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
