"""What these tests do with a server, and how they call the program."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from roypalang.embedded_postgres.server import Server

CHECKOUT = Path(__file__).resolve().parents[3]


@contextlib.contextmanager
def a_server(prepared: Path, folder: Path) -> Iterator[Server]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", prepared, folder], check=True)  # a fifth of copytree's time
    server = Server(folder)
    try:
        yield server
    finally:
        server.stop()


def ask(server: Server, query: str) -> str:
    """The first value of the first row."""
    with psycopg.connect(server.url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])


def by_hand(verb: str, *, var: Path, **environment: str) -> subprocess.Popen[str]:
    """`python -m roypalang.embedded_postgres <verb>` as a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "roypalang.embedded_postgres", verb],
        cwd=CHECKOUT,
        env={**os.environ, "ROYPALANG_VAR": str(var), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def starts_logged(server: Server) -> int:
    return server.log.read_text().count("LOG:  starting PostgreSQL")


def wait_for(condition: Callable[[], object], *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
