"""Starts, finds and stops the PostgreSQL server of one folder. Standard library only.

<folder>/data        the cluster; it is either complete or absent
<folder>/run         the socket (or a directory in /tmp, where this path would not do)
<folder>/lock        held by whoever starts the server, then by the server
<folder>/server.log  what the server says
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from roypalang.embedded_postgres import programs
from roypalang.embedded_postgres.memory import megabytes
from roypalang.embedded_postgres.programs import ServerError, name_of

DATABASE = "roypalang"
USER = "roypalang"

PATIENCE = 120
"""Seconds to wait for a start, a recovery after a crash, or a stop."""

# The shortest limit of the systems we know (macOS: 104 bytes with the final NUL; Linux: 108).
SOCKET_PATH_BYTES = 103
SOCKET_NAME = ".s.PGSQL.5432"
LOG_BYTES = 10_000_000


def default_folder() -> Path:
    """`postgres` in the folder ROYPALANG_VAR names, else in the checkout's `var`."""
    checkout = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("ROYPALANG_VAR") or checkout / "var") / "postgres"


class Server:
    """The PostgreSQL server of one folder; making this object touches nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        # Resolved, so that every way to write the same path finds the same socket.
        self.folder = (folder or default_folder()).resolve()
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.pid_file = self.data / "postmaster.pid"
        self.socket_directory = self._place_for_socket()

    @property
    def url(self) -> str:
        """What DATABASE_URL or psql would need to reach this server."""
        return f"postgresql://{USER}@/{DATABASE}?host={quote(str(self.socket_directory), safe='')}"

    def ensure(self, *, patience: float = PATIENCE) -> None:
        """Returns once the server accepts connections, starting it where nobody has.

        Safe from any number of processes and threads at once. A server that is starting,
        recovering or stopping is waited for. Raises ServerError.
        """
        programs.require_installed()
        self._make_folder()
        self._require_ownership()
        deadline = time.monotonic() + patience
        while not self.accepts_connections():
            lock = self._take_lock()
            if lock is not None:
                try:
                    if self.pid() is None:
                        self._start(lock, patience=patience)
                        continue
                finally:
                    # Closed, never unlocked: the server has inherited it, and unlocking
                    # would unlock for the server too.
                    os.close(lock)
            if time.monotonic() > deadline:
                raise self._not_ready(patience)
            time.sleep(0.1)

    def stop(self, *, patience: float = PATIENCE) -> bool:
        """Ends the server and all its connections; whether there was one. Raises ServerError."""
        if not self.folder.exists():
            return False
        self._require_ownership()
        stopped = False
        deadline = time.monotonic() + patience
        while True:
            if self.pid() is not None:
                programs.require_installed()
                self._pg_ctl("stop", "-m", "fast", patience=patience)
                stopped = True
            lock = self._take_lock()
            if lock is not None:
                try:
                    if self.pid() is None:
                        with contextlib.suppress(OSError):  # nothing of ours stays in /tmp
                            self.socket_directory.rmdir()
                        return stopped
                finally:
                    os.close(lock)
            if time.monotonic() > deadline:
                raise ServerError(
                    th=f"PostgreSQL ยังไม่หยุด ดูสาเหตุได้ใน {self.log}",
                    en=f"PostgreSQL has not stopped; {self.log} says why.",
                )
            time.sleep(0.1)

    def seems_up(self) -> bool:
        """Whether it is worth trying to connect: two looks at the disk, no more.

        The first tells a server from one whose folder was deleted while it ran and whose socket
        still stands in /tmp. Raises ServerError where the socket's place is not ours alone.
        """
        return os.path.exists(self.pid_file) and self._socket_place_is_private()

    def accepts_connections(self) -> bool:
        """Whether the server answers now. Raises ServerError as `seems_up` does."""
        if not self.seems_up():
            return False
        return programs.answers(socket_directory=self.socket_directory, user=USER)

    # -- Starting -------------------------------------------------------------------------------

    def _start(self, lock: int, *, patience: float) -> None:
        self._make_socket_directory()
        for leftover in self.folder.glob("new-*"):  # of a setting-up that was killed
            shutil.rmtree(leftover, ignore_errors=True)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(lock)
        self._remove_misleading_locks()
        (self.data / "roypalang.conf").write_text(self._configuration())
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        logged = self.log.stat().st_size if self.log.exists() else 0
        result = self._pg_ctl("start", "-l", "server.log", patience=patience, lock=lock)
        if result.returncode != 0:
            if self.pid() is not None:
                raise self._not_ready(patience)
            said = self._complaint(since=logged) or result.stderr.strip()
            raise ServerError(
                th=f"PostgreSQL เริ่มไม่ได้ {self.log} บอกว่า: {said}",
                en=f"PostgreSQL did not start; {self.log} says: {said}",
            )

    def _initialise(self, lock: int) -> None:
        """Makes the cluster and its database aside, then renames it into place: all or nothing.

        initdb inherits the lock, so one whose starter was killed is waited for, not fought.
        """
        aside = Path(tempfile.mkdtemp(prefix="new-", dir=self.folder))
        # LC_CTYPE decides what pg_trgm takes for letters: under C it would see no Thai at all.
        # The built-in provider sorts by code point on every machine, whatever its C library.
        ctype = "C.UTF-8" if sys.platform != "darwin" else "UTF-8"
        steps = [
            f"initdb -D {aside.name} --username={USER} --auth-local=trust --auth-host=reject "
            "--data-checksums --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 "
            f"--locale=C --lc-ctype={ctype} --no-instructions",
            f"postgres --single -c exit_on_error=true -D {aside.name} template1",
        ]
        for step, typed in zip(steps, ["", f"CREATE DATABASE {DATABASE}\n"], strict=True):
            result = programs.run(*step.split(), cwd=self.folder, lock=lock, typed=typed)
            if result.returncode != 0:
                shutil.rmtree(aside, ignore_errors=True)
                said = (result.stderr.strip().splitlines() or ["?"])[-1]
                raise ServerError(
                    th=f"สร้างฐานข้อมูลใน {self.folder} ไม่ได้: {said}",
                    en=f"Could not set up the database in {self.folder}: {said}",
                )
        with (aside / "postgresql.conf").open("a") as file:
            file.write("\n# Written anew at each start; ALTER SYSTEM overrules it.\n")
            file.write("include_if_exists 'roypalang.conf'\n")
            file.flush()
            os.fsync(file.fileno())
        aside.rename(self.data)

    def _pg_ctl(
        self, *arguments: str, patience: float, lock: int | None = None
    ) -> subprocess.CompletedProcess[str]:
        # Relative paths: pg_ctl hands them to a shell, and a folder's name may hold anything.
        arguments = (*arguments, "-D", "data", "-s", "-w", "-t", str(max(1, round(patience))))
        return programs.run("pg_ctl", *arguments, cwd=self.folder, lock=lock)

    def _configuration(self) -> str:
        """What a small machine needs otherwise than PostgreSQL's own defaults."""
        memory = megabytes()
        place = str(self.socket_directory).replace('"', '""')  # one of a list …
        place = place.replace("\\", "\\\\").replace("'", "''")  # … in a quoted string
        return (
            "listen_addresses = ''\n"
            f"unix_socket_directories = '\"{place}\"'\n"
            "unix_socket_permissions = 0700\n"
            # A quarter, as PostgreSQL advises; it is taken only as the tables grow into it.
            f"shared_buffers = {min(8192, max(64, memory // 4))}MB\n"
            f"effective_cache_size = {max(256, memory // 2)}MB\n"
            "work_mem = 8MB\n"
            "random_page_cost = 1.1\n"  # no spinning disks
            # One reader, one core; and parallel plans need a /dev/shm that containers keep tiny.
            "max_parallel_workers_per_gather = 0\n"
            "log_checkpoints = off\n"
        )

    def _remove_misleading_locks(self) -> None:
        """Removes lock files that name a stranger, a zombie or nothing: all would block us.

        Called only while we hold the lock, so no server of this folder lives. Files that name a
        dead process stay: PostgreSQL handles these itself, and looks for survivors first.
        """
        for path in (self.pid_file, self.socket_directory / f"{SOCKET_NAME}.lock"):
            try:
                os.kill(int(path.read_text().split("\n")[0]), 0)
            except (FileNotFoundError, ProcessLookupError):
                continue
            except (PermissionError, ValueError, OverflowError):
                pass
            path.unlink()

    # -- Whose it is, and whether it lives ------------------------------------------------------

    def _take_lock(self) -> int | None:
        """The lock's descriptor, or None while a starter or any process of the server holds it."""
        descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def pid(self) -> int | None:
        """The number in postmaster.pid, if a live server of this very folder bears it."""
        try:
            pid = int(self.pid_file.read_text().split("\n")[0])
        except (OSError, ValueError):
            return None
        return pid if programs.is_postgres_in(pid=pid, data=self.data) else None

    def _make_folder(self) -> None:
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise ServerError(
                th=f"สร้างโฟลเดอร์ {self.folder} ไม่ได้ ({error.strerror}) "
                "ใช้ ROYPALANG_VAR บอกโฟลเดอร์ที่เขียนได้",
                en=f"Cannot create {self.folder} ({error.strerror}): "
                "name a folder you can write to in ROYPALANG_VAR.",
            ) from error

    def _require_ownership(self) -> None:
        owner = self.folder.stat().st_uid
        if owner != os.geteuid():
            name = name_of(owner)
            raise ServerError(
                th=f"{self.folder} เป็นของผู้ใช้ {name} ให้สั่งด้วยผู้ใช้นั้น หรือใช้ ROYPALANG_VAR บอกโฟลเดอร์อื่น",
                en=f"{self.folder} belongs to {name}: run this as {name}, "
                "or name another folder in ROYPALANG_VAR.",
            )

    def _place_for_socket(self) -> Path:
        place = self.folder / "run"
        # To a client, a comma would end this host and begin the next.
        speakable = str(place).isprintable() and "," not in str(place)
        if speakable and len(os.fsencode(place / SOCKET_NAME)) <= SOCKET_PATH_BYTES:
            return place
        # Not TMPDIR: every process of this folder must come to the same place.
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:20]
        return Path("/tmp") / f"roypalang-{os.geteuid()}-{digest}"  # noqa: S108

    def _make_socket_directory(self) -> None:
        try:
            self.socket_directory.mkdir(mode=0o700)
        except FileExistsError:
            self._socket_place_is_private()

    def _socket_place_is_private(self) -> bool:
        """False where there is none yet; raises ServerError where others could stand behind it.

        Anyone may create a name in /tmp before us: what is not ours alone is never used.
        """
        try:
            status = self.socket_directory.lstat()
        except FileNotFoundError:
            return False
        mode = stat.S_IMODE(status.st_mode)
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or mode & 0o077:
            raise ServerError(
                th=f"{self.socket_directory} ต้องเป็นโฟลเดอร์ของ {name_of(os.geteuid())} "
                "ที่คนอื่นเข้าไม่ได้ (0700) ให้ลบแล้วลองใหม่",
                en=f"{self.socket_directory} must be a directory that belongs to "
                f"{name_of(os.geteuid())} alone (mode 0700): remove it and try again.",
            )
        return True

    # -- What to say ----------------------------------------------------------------------------

    def _not_ready(self, patience: float) -> ServerError:
        return ServerError(
            th=f"รอ PostgreSQL {patience:.0f} วินาทีแล้ว ยังไม่พร้อม ดู {self.log} "
            "แล้วลองอีกครั้ง หรือสั่ง make stop ก่อน",
            en=f"PostgreSQL was not ready after {patience:.0f} seconds: see {self.log}, "
            "then try again, or run `make stop` first.",
        )

    def _complaint(self, *, since: int) -> str:
        try:
            with self.log.open("rb") as file:
                file.seek(since)
                lines = file.read().decode(errors="replace").splitlines()
        except OSError:
            return ""
        return " ".join([line for line in lines if "FATAL" in line or "DETAIL" in line][-2:])
