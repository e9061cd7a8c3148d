"""The database's side of it: PostgreSQL's own programs, one moment for all of them, and how many rows there are."""

import errno
import os
import re
import subprocess
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from forums.management.backups.errors import BackupError
from forums.management.progress import Progress
from roypalang.embedded_postgres import programs

JOBS = min(4, os.cpu_count() or 1)
DUMPED = re.compile(r"finished item \d+ TABLE DATA (.+)$")
COMPLAINT = re.compile(r"\b(?:error|fatal|detail): ", re.I)
LOADED = re.compile(r": (?:creating|processing data for) ")

# Ordinary tables and parts of partitioned ones; what PostgreSQL itself would not keep after a crash is no loss.
_TABLES = """
SELECT c.relname, pg_table_size(c.oid)
  FROM pg_class c
 WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND c.relnamespace = 'public'::regnamespace
 ORDER BY 1
"""


def left_out() -> set[str]:
    """Tables of which only the shape is kept: nobody who finds a backup is signed in by it."""
    tables = [Session._meta.db_table, UserSession._meta.db_table]
    for cache in cast("dict[str, dict[str, Any]]", settings.CACHES).values():
        tables += [cache["LOCATION"]] if "LOCATION" in cache else []
    return set(tables)


@contextmanager
def one_moment(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """The database as it is now, for everything that reads in the block; yields the name `dump` takes."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def tables(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """Every table whose rows are kept, with its size in bytes."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return {name: size for name, size in cursor.fetchall() if name not in left_out()}


def counts(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """How many rows each of them has."""
    found = {}
    with connection.cursor() as cursor:
        for name in tables(connection):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            found[name] = cursor.fetchone()[0]
    return found


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace)"
        )
        return bool(cursor.fetchone()[0])


def make_empty(connection: BaseDatabaseWrapper) -> None:
    """Take everything out of the schema, which stays as PostgreSQL makes it."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
        cursor.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
        cursor.execute("COMMENT ON SCHEMA public IS 'standard public schema'")


def remark(connection: BaseDatabaseWrapper) -> str:
    """What is written down about the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        return cursor.fetchone()[0] or ""


def set_remark(connection: BaseDatabaseWrapper, text: str) -> None:
    name = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        literal = "'" + text.replace("'", "''") + "'" if text else "NULL"
        cursor.execute(f"COMMENT ON DATABASE {name} IS {literal}")


def server_version(connection: BaseDatabaseWrapper) -> int:
    """The major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return int(cursor.fetchone()[0])


def version_of(program: str) -> int:
    """The major version of one of PostgreSQL's programs. Raises BackupError where it is missing."""
    said = subprocess.run(  # noqa: S603
        [_place(program), "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r" (\d+)", said)
    if number is None:
        raise BackupError(f"{program} does not say its version: {said.strip() or 'nothing'}")
    return int(number[1])


def dump(connection: BaseDatabaseWrapper, to: Path, *, moment: str, stream: Any) -> None:
    """Write the database as it was at `moment` into the folder `to`. Raises BackupError."""
    sizes = tables(connection)
    arguments = [
        *(
            "--format=directory",
            f"--jobs={JOBS}",
            f"--file={to}",
            f"--snapshot={moment}",
            "--compress=1",
        ),
        *("--verbose", "--no-owner", "--no-unlogged-table-data"),
        *(f"--exclude-table-data={name}" for name in sorted(left_out())),
    ]
    with Progress(stream, total=sum(sizes.values()), unit="tables", title="database: ") as progress:
        place = done = 0

        def hear(line: str) -> None:
            nonlocal place, done
            if (found := DUMPED.search(line)) and found[1] in sizes:
                place, done = place + sizes[found[1]], done + 1
                progress.reach(place, done)

        _run("pg_dump", connection, arguments, hear)


def load(connection: BaseDatabaseWrapper, source: Path, *, stream: Any) -> None:
    """Read what `dump` wrote into an empty database. Raises BackupError."""
    listed = subprocess.run(  # noqa: S603
        [_place("pg_restore"), "--list", str(source)], capture_output=True, text=True, check=False
    ).stdout
    total = sum(not line.startswith(";") for line in listed.splitlines())
    arguments = [
        *("--no-owner", "--no-privileges", "--exit-on-error", "--verbose", f"--jobs={JOBS}"),
        str(source),
    ]
    with Progress(stream, total=total, unit="parts", title="database: ") as progress:
        done = 0

        def hear(line: str) -> None:
            nonlocal done
            if LOADED.search(line):
                done += 1
                progress.reach(min(done, total), done)

        _run("pg_restore", connection, arguments, hear)
    with connection.cursor() as cursor:
        cursor.execute(
            "SET client_min_messages = error"
        )  # of the catalogues, which are not the site's
        cursor.execute("ANALYZE")
        cursor.execute("RESET client_min_messages")


def _place(program: str) -> str:
    place = programs.where_is(program)
    if place is None:
        raise BackupError(f"{program} is missing: apt install postgresql-client.")
    return place


def settings_of(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    """Where it is, for PostgreSQL's own programs: of `?host=…` and `?port=…` in DATABASE_URL Django tells them nothing."""
    told = connection.settings_dict["OPTIONS"]
    return connection.settings_dict | {
        name.upper(): told[name] for name in ("host", "port") if name in told
    }


def _run(
    program: str,
    connection: BaseDatabaseWrapper,
    arguments: list[str],
    hear: Callable[[str], None],
) -> None:
    """Run it to its end; `hear` is told each line it says of its work. It never outlives us."""
    typed, told = connection.client.settings_to_cmd_args_env(settings_of(connection), [])
    where = [*typed[1:-1], f"--dbname={typed[-1]}"]
    process = subprocess.Popen(  # noqa: S603
        [_place(program), *where, *arguments],
        env={**os.environ, **(told or {}), "LC_ALL": "C", "PGAPPNAME": f"roypalang {program}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    complaints: deque[str] = deque(maxlen=6)
    try:
        for line in process.stderr or ():
            hear(line.rstrip())
            if COMPLAINT.search(line):
                complaints.append(line.strip())
    except BaseException:
        process.terminate()
        raise
    finally:
        process.wait()
    if process.returncode:
        said = " ".join(complaints) or f"it ended with {process.returncode}"
        if os.strerror(errno.ENOSPC) in said:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise BackupError(f"{program}: {said}")
