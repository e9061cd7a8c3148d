"""Real kills of the embedded PostgreSQL and of who uses it: what was committed comes back."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from roypalang.embedded_postgres import programs
from roypalang.embedded_postgres.programs import ServerError
from roypalang.embedded_postgres.server import Server
from tests.roypalang.embedded_postgres.servers import (
    CHECKOUT,
    a_server,
    ask,
    starts_logged,
    wait_for,
)


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
