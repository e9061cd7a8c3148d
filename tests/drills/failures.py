"""`python -m tests.drills.failures`: goes on where `install` ends; what breaks while people write, and what is left then.

An update, restarts, processes killed, PostgreSQL away, disks full, a backup brought back. Demanded everywhere: nothing
acknowledged is lost, nothing doubled. Ends with 1 where that, or what a drill says of itself, is not so.
"""

import json
import sys
import threading
import time
from collections import Counter

from tests.drills.community import LETTERS, PEOPLE, People
from tests.drills.install import SITE, Site, arguments, install
from tests.drills.people import Person, picture
from tests.drills.watching import Watch, in_flight, none
from tests.drills.writers import Crowd

MANAGE = "cd /srv/roypalang/current; deploy/manage.sh"
CLUSTER = "postgresql@17-main"
MAIN_PID = "systemctl show --property=MainPID --value roypalang"
SQL = "runuser -u postgres -- psql --no-psqlrc --quiet --tuples-only --no-align roypalang"
# What is made anew by itself: UNLOGGED tables are left out, and who is signed in changes with who looks.
NOT_IN_A_BACKUP = {"cache", "forums_keptpage", "django_session", "usersessions_usersession"}


class Drills(Watch):
    """The drills of one machine, and what they said."""

    def __init__(self, site: Site) -> None:
        self.machine_site = site
        self.run = site.machine.run
        super().__init__(SITE, People(**self.shell(PEOPLE.format(count=400))))  # type: ignore[arg-type]

    def shell(self, code: str) -> dict[str, object]:
        """What `manage.py shell` said to it."""
        (self.machine_site.machine.root / "var/tmp/typed.py").write_text(code)
        printed = self.run(f"{MANAGE} shell < /var/tmp/typed.py")
        return dict(json.loads(printed.split("SAID ")[1].splitlines()[0]))

    def sql(self, statement: str) -> str:
        return self.run(f'{SQL} -c "{statement}"')

    # -- the drills ------------------------------------------------------------------------------

    def update(self) -> None:
        """The next version, while people write: nothing fails."""
        upgrade = "/srv/roypalang/current/deploy/upgrade.sh drill-2"
        self.writing("update", lambda _crowd: self.run(upgrade), failures=none)

    def restarts(self) -> None:
        """The site started again four times: nothing fails."""

        def act(_crowd: Crowd) -> None:
            for _each in range(4):
                self.run("systemctl restart roypalang")
                time.sleep(4)

        self.writing("restarts", act, failures=none)

    def workers(self) -> None:
        """A worker killed every three seconds."""

        kill = f"kill -9 $(pgrep --parent $({MAIN_PID}) | head -n 1)"

        def act(crowd: Crowd) -> None:
            for _each in range(10):
                crowd.while_cut(lambda: self.run(kill))
                time.sleep(3)

        self.only(self.writing("workers killed", act, failures=in_flight), "502", "IncompleteRead")

    def postmaster(self) -> None:
        """PostgreSQL killed, and started two seconds later: 503 meanwhile, in words."""

        def act(_crowd: Crowd) -> None:
            self.run("kill -9 $(head -n 1 /var/lib/postgresql/17/main/postmaster.pid)")
            time.sleep(2)
            self.run(f"systemctl reset-failed {CLUSTER}; systemctl restart {CLUSTER}")
            time.sleep(8)

        self.only(self.writing("postmaster killed", act), "503")

    def stopped(self) -> None:
        """PostgreSQL stopped for twenty seconds: 503, a line of log a request at most, and all heals."""
        before = self._log_lines()

        def act(_crowd: Crowd) -> None:
            self.run(f"systemctl stop {CLUSTER}")
            time.sleep(20)
            self.run(f"systemctl start {CLUSTER}")
            time.sleep(8)

        crowd = self.writing("PostgreSQL stopped", act)
        self.only(crowd, "503")
        failed = crowd.seen.failed.total() + crowd.seen.read.total()
        lines = self._log_lines() - before
        self.demand(
            lines <= failed + 50, f"PostgreSQL stopped: {lines} lines of log for {failed} requests"
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
            said[Person(SITE).get(self.people.topic).status] += 1

        threads = [threading.Thread(target=ask) for _each in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def letters(self) -> None:
        """`deliver` killed six times while it sends: every letter comes, at most one twice a kill."""
        self.run("systemctl stop roypalang-deliver")
        relay, wanted, kills = self.machine_site.relay, 240, 6
        relay.slow, before = 0.05, len(relay.letters)
        self.shell(LETTERS.format(count=wanted))
        self.run("systemctl start roypalang-deliver")
        for _each in range(kills):
            time.sleep(4)
            self.run(
                "systemctl kill --signal=KILL roypalang-deliver; sleep 0.2; systemctl reset-failed roypalang-deliver; systemctl start roypalang-deliver"
            )
        self.letters_came(relay, before, wanted=wanted, kills=kills)

    def pictures_full(self) -> None:
        """No room for pictures: 507 in words for a picture, and texts go on."""

        def act(_crowd: Crowd) -> None:
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
        self.writing("no room for pictures", act, failures=none)

    def _upload(self) -> int:
        person = self.people.person(SITE, -1)
        page = person.get(self.people.topic)
        token = page.form("body").fields["csrfmiddlewaretoken"]
        return person.upload("/upload/", token, "picture", picture()).status

    def disk_full(self) -> None:
        """No room for posts in PostgreSQL for some seconds: a page that says so, and all heals."""
        self.run(
            "mkdir -p /mnt/small; mount -t tmpfs -o size=64m none /mnt/small; mkdir /mnt/small/pg; chown postgres /mnt/small/pg"
        )
        self.run(
            f"{SQL} -c \"CREATE TABLESPACE small LOCATION '/mnt/small/pg'\"; {SQL} -c 'ALTER TABLE forums_post SET TABLESPACE small'; {SQL} -c 'VACUUM FULL forums_post'"
        )

        def act(_crowd: Crowd) -> None:
            self.run("dd if=/dev/zero of=/mnt/small/full bs=64k 2>/dev/null || true")
            time.sleep(15)
            self.run("rm /mnt/small/full")
            time.sleep(5)

        crowd = self.writing("no room in PostgreSQL", act)
        self.demand("503" in crowd.seen.failed, "no room in PostgreSQL: nobody saw it")
        self.only(crowd, "503")
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
            "sed '/^DATABASE_URL=/s,/roypalang$,/again,; s,^MEDIA_ROOT=.*,MEDIA_ROOT=/var/lib/roypalang/again,' /etc/roypalang.env > /var/tmp/again.env"
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
            if table not in NOT_IN_A_BACKUP
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
