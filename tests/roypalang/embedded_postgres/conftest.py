"""A server of its own for each test, in a folder of its own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from roypalang.embedded_postgres.server import Server
from tests.roypalang.embedded_postgres.servers import a_server


@pytest.fixture
def var() -> Iterator[Path]:
    """An empty folder with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="epg-") as folder:
        yield Path(folder)


@pytest.fixture(scope="package")
def prepared() -> Iterator[Path]:
    """A database folder that was set up and stopped, to be copied."""
    with tempfile.TemporaryDirectory(prefix="epg-") as folder:
        server = Server(Path(folder) / "postgres")
        server.ensure()
        server.stop()
        server.log.unlink()
        yield server.folder


@pytest.fixture
def server(prepared: Path, var: Path) -> Iterator[Server]:
    """A server with its database, not running."""
    with a_server(prepared, var / "postgres") as server:
        yield server
