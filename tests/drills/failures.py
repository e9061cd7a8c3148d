"""`python -m tests.drills.failures`: goes on where `install` ends; what breaks while people write, and what is left then.

An update, restarts, processes killed, PostgreSQL away, disks full, a backup brought back. Demanded everywhere: nothing
acknowledged is lost, nothing doubled. Ends with 1 where that, or what a drill says of itself, is not so.
"""

import io
import json
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable

from PIL import Image

from tests.drills.community import LETTERS, PEOPLE
from tests.drills.install import SITE, Site, arguments, install
from tests.drills.people import Person
from tests.drills.writers import Crowd

MANAGE = "cd /srv/roypalang/current; deploy/manage.sh"
CLUSTER = "postgresql@17-main"
MAIN_PID = "systemctl show --property=MainPID --value roypalang"
SQL = "runuser -u postgres -- psql --no-psqlrc --quiet --tuples-only --no-align roypalang"


class Drills:
    """The drills of one machine, and what they said."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.run = site.machine.run
        self.faults: list[str] = []
        said = self.shell(PEOPLE.format(count=400))
        self.sessions, self.topic = said["sessions"], said["topic"]

    def shell(self, code: str) -> dict[str, object]:
        (self.site.machine.root / "var/tmp/typed.py").write_text(code)
        printed = self.run(f"{MANAGE} shell < /var/tmp/typed.py")
        return dict(json.loads(printed.split("SAID ")[1].splitlines()[0]))

    def demand(self, true: bool, what: str) -> None:
        """Note what is not so."""
        if not true:
            self.faults.append(what)
            print(f"       NOT SO: {what}", flush=True)

    def writing(
        self, name: str, act: Callable[[], object], *, failures: int | None = None
    ) -> Crowd:
        """`act` while eight write; then compares. `failures`: how many requests may fail, None for any."""
        crowd = Crowd(
            SITE, self.sessions, self.topic, f"{name.replace(' ', '-')}-{time.time():.0f}"
        )
        start = time.monotonic()
        with crowd:
            act()
        # Each drill takes people who have not written for a while.
        self.sessions = self.sessions[120:] + self.sessions[:120]
        stored = self.stored(f"ซ้อม-{crowd.name}-")
        lost = crowd.seen.acknowledged - set(stored)
        doubled = [token for token, times in stored.items() if times > 1]
        seen = crowd.seen
        print(
            f"{time.monotonic() - start:6.1f} s  {name}: {len(seen.acknowledged)} acknowledged, {len(lost)} lost,"
            f" {len(doubled)} doubled, failed {dict(seen.failed)}, reader {dict(seen.read)},"
            f" slowest {seen.slowest:.1f} s",
            flush=True,
        )
        self.demand(bool(seen.acknowledged), f"{name}: nobody could write")
        self.demand(not lost, f"{name}: lost {sorted(lost)[:5]}")
        self.demand(not doubled, f"{name}: doubled {doubled[:5]}")
        if failures is not None:
            count = seen.failed.total() + sum(n for said, n in seen.read.items() if said != "200")
            words = " ".join(re.sub(r"<[^>]*>", " ", seen.example).split())
            self.demand(count <= failures, f"{name}: {count} failed, {failures} may: {words[:600]}")
        return crowd

    def stored(self, prefix: str) -> Counter[str]:
        """The texts that begin so, each with how often it is there."""
        printed = self.run(
            f"{SQL} -c \"SELECT trim(body) FROM forums_post WHERE body LIKE '{prefix}%'\""
        )
        return Counter(line for line in printed.splitlines() if line)

    # -- the drills ------------------------------------------------------------------------------

    def update(self) -> None:
        """The next version, while people write: nothing fails."""
        upgrade = "/srv/roypalang/current/deploy/upgrade.sh drill-2"
        self.writing("update", lambda: self.run(upgrade), failures=0)

    def restarts(self) -> None:
        """The site started again four times: nothing fails."""

        def act() -> None:
            for _each in range(4):
                self.run("systemctl restart roypalang")
                time.sleep(4)

        self.writing("restarts", act, failures=0)

    def workers(self) -> None:
        """A worker killed every three seconds."""

        def act() -> None:
            for _each in range(10):
                self.run(f"kill -9 $(pgrep --parent $({MAIN_PID}) | head -n 1)")
                time.sleep(3)

        crowd = self.writing("workers killed", act)
        self.demand(
            set(crowd.seen.failed) <= {"502", "IncompleteRead"},
            f"workers killed: {dict(crowd.seen.failed)}, and not 502",
        )

    def postmaster(self) -> None:
        """PostgreSQL killed, and started two seconds later: 503 meanwhile, in words."""

        def act() -> None:
            self.run("kill -9 $(head -n 1 /var/lib/postgresql/17/main/postmaster.pid)")
            time.sleep(2)
            self.run(f"systemctl reset-failed {CLUSTER}; systemctl restart {CLUSTER}")
            time.sleep(8)

        self.away(self.writing("postmaster killed", act))

    def stopped(self) -> None:
        """PostgreSQL stopped for twenty seconds: 503, a line of log a request at most, and all heals."""
        before = self._log_lines()

        def act() -> None:
            self.run(f"systemctl stop {CLUSTER}")
            time.sleep(20)
            self.run(f"systemctl start {CLUSTER}")
            time.sleep(8)

        crowd = self.writing("PostgreSQL stopped", act)
        self.away(crowd)
        failed = crowd.seen.failed.total() + crowd.seen.read.total()
        lines = self._log_lines() - before
        self.demand(
            lines <= failed + 50, f"PostgreSQL stopped: {lines} lines of log for {failed} requests"
        )

    def away(self, crowd: Crowd) -> None:
        """What people got while the database was away."""
        self.demand(
            set(crowd.seen.failed) <= {"503"},
            f"{crowd.name}: {dict(crowd.seen.failed)}, and not 503",
        )

    def _log_lines(self) -> int:
        return int(self.run("journalctl -u roypalang --no-pager | wc -l"))

    def one_by_one(self) -> None:
        """Every connection ended between two requests of the threads: nobody notices."""
        said: Counter[int] = Counter()
        for _round in range(3):
            self._pages(said)
            self.run(
                f"{SQL} -c \"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'roypalang'\""
            )
            time.sleep(1)
            self._pages(said)
        print(f"          connections ended between requests: {dict(said)}", flush=True)
        self.demand(set(said) == {200}, f"connections ended between requests: {dict(said)}")

    def _pages(self, said: Counter[int]) -> None:
        def ask() -> None:
            said[Person(SITE).get(self.topic).status] += 1

        threads = [threading.Thread(target=ask) for _each in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def letters(self) -> None:
        """`deliver` killed six times while it sends: every letter comes, at most one twice a kill."""
        self.run("systemctl stop roypalang-deliver")
        wanted = 240
        self.site.relay.slow = 0.05
        before = len(self.site.relay.letters)
        self.shell(LETTERS.format(count=wanted))
        self.run("systemctl start roypalang-deliver")
        for _each in range(6):
            time.sleep(4)
            self.run(
                "systemctl kill --signal=KILL roypalang-deliver; sleep 0.2; systemctl reset-failed roypalang-deliver; systemctl start roypalang-deliver"
            )
        end = time.monotonic() + 120
        came: Counter[str] = Counter()
        while time.monotonic() < end and len(came) < wanted:
            came = Counter(str(letter["To"]) for letter in self.site.relay.read()[before:])
            time.sleep(1)
        self.site.relay.slow = 0
        twice = sum(times - 1 for times in came.values())
        print(
            f"          deliver killed six times: {len(came)} of {wanted} came, {twice} twice",
            flush=True,
        )
        # What was on its way when a process was killed counts as tried, and is sent (once more) ten minutes later.
        due = "sent_at IS NULL AND dropped_at IS NULL AND tries < 2"
        waiting = self.run(
            f"{SQL} -c \"SELECT count(*) FROM forums_letter WHERE key LIKE 'drill%' AND {due}\""
        )
        self.demand(
            wanted - len(came) <= int(waiting) <= 6,
            f"deliver killed: {wanted - len(came)} letters did not come in two minutes, {waiting.strip()} wait",
        )
        self.demand(twice <= 6, f"deliver killed: {twice} letters twice")

    def pictures_full(self) -> None:
        """No room for pictures: 507 in words for a picture, and texts go on."""

        def act() -> None:
            self.run(
                "mount -t tmpfs -o size=1m,mode=770,uid=$(id -u roypalang),gid=$(id -g roypalang) none /var/lib/roypalang/media"
            )
            self.run("dd if=/dev/zero of=/var/lib/roypalang/media/full bs=64k 2>/dev/null || true")
            said = self._upload()
            self.demand(said == 507, f"no room for pictures: {said}, and not 507")
            self.run("umount --lazy /var/lib/roypalang/media")
            said = self._upload()
            self.demand(said in {200, 201}, f"room for pictures again: {said}")

        self.run("systemctl restart roypalang")
        self.writing("no room for pictures", act, failures=0)

    def _upload(self) -> int:
        person = Person(SITE, cookies={"__Host-sessionid": self.sessions[-1]})
        page = person.get(self.topic)
        token = page.form("body").fields["csrfmiddlewaretoken"]
        return person.upload("/upload/", token, "picture", _picture()).status

    def disk_full(self) -> None:
        """No room for posts in PostgreSQL for some seconds: a page that says so, and all heals."""
        self.run(
            "mkdir -p /mnt/small; mount -t tmpfs -o size=64m none /mnt/small; mkdir /mnt/small/pg; chown postgres /mnt/small/pg"
        )
        self.run(
            f"{SQL} -c \"CREATE TABLESPACE small LOCATION '/mnt/small/pg'\"; {SQL} -c 'ALTER TABLE forums_post SET TABLESPACE small'; {SQL} -c 'VACUUM FULL forums_post'"
        )

        def act() -> None:
            self.run("dd if=/dev/zero of=/mnt/small/full bs=64k 2>/dev/null || true")
            time.sleep(15)
            self.run("rm /mnt/small/full")
            time.sleep(5)

        crowd = self.writing("no room in PostgreSQL", act)
        self.demand(
            set(crowd.seen.failed) == {"503"},
            f"no room in PostgreSQL: {dict(crowd.seen.failed)}, and not 503",
        )
        self.run(f"{SQL} -c 'ALTER TABLE forums_post SET TABLESPACE pg_default'")

    def backup(self) -> None:
        """The night's backup, tried as it is every week, and into a second database: every table the same."""
        self.run(
            "systemctl stop roypalang roypalang.socket roypalang-deliver; systemctl start roypalang-backup roypalang-check"
        )
        newest = self.run("ls -d /var/backups/roypalang/20* | tail -n 1").strip()
        self.run(
            "runuser -u postgres -- createdb --owner=roypalang --encoding=UTF8 --locale=C.UTF-8 --template=template0 again"
        )
        self.run(
            "sed 's,/roypalang$,/again,; s,^MEDIA_ROOT=.*,MEDIA_ROOT=/var/lib/roypalang/again,' /etc/roypalang.env > /var/tmp/again.env"
        )
        start = time.monotonic()
        self.run(
            f"ROYPALANG_ENV_FILE=/var/tmp/again.env /srv/roypalang/current/deploy/manage.sh restore {newest}"
        )
        took = time.monotonic() - start
        tables = self.run(
            f"{SQL} -c \"SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1\""
        ).split()
        unlike = [
            table
            for table in tables
            if table not in {"cache", "django_session", "usersessions_usersession"}
            and self._sum(table, "roypalang") != self._sum(table, "again")
        ]
        pictures = self.run("cd /var/lib/roypalang; diff -r media again && echo same").strip()
        print(
            f"          backup: {len(tables)} tables, unlike {unlike}, pictures {pictures}, restored in {took:.1f} s",
            flush=True,
        )
        self.demand(not unlike, f"backup: unlike {unlike}")
        self.demand(pictures == "same", "backup: pictures are not the same")
        self.run("systemctl start roypalang.socket roypalang roypalang-deliver")

    def _sum(self, table: str, database: str) -> str:
        sql = f"SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM {table} t"
        return self.run(f'{SQL.replace(" roypalang", " " + database)} -c "{sql}"')


def _picture() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((900, 600), 90).save(made, "PNG")
    return made.getvalue()


DRILLS = (
    "one_by_one",
    "restarts",
    "workers",
    "postmaster",
    "stopped",
    "letters",
    "pictures_full",
    "disk_full",
    "update",
    "backup",
)


def main() -> None:
    """Install, then every drill, or those that are named."""
    parser = arguments(__doc__ or "")
    parser.add_argument("drills", nargs="*", choices=[*DRILLS, []], help="these only")
    options = parser.parse_args()
    site = Site(options.base, options.trusted)
    try:
        install(site)
        drills = Drills(site)
        for name in options.drills or DRILLS:
            getattr(drills, name)()
        print("\n".join(drills.faults) or "All of it held.")
        if options.stay:
            sys.stdin.readline()
    finally:
        site.close()
    sys.exit(bool(drills.faults))


if __name__ == "__main__":
    main()
