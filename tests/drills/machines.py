"""`python -m tests.drills.machines`: a site on several machines, of which one after the other goes away while people write.

Demanded everywhere: nothing acknowledged is lost, nothing doubled, who wrote sees what she wrote with her next page. Ends
with 1 where that, or what a drill says of itself, is not so; with 2 and the packages to install where one is missing.
"""

import argparse
import itertools
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.client import HTTPException
from urllib.parse import quote

from tests.drills import object_storage
from tests.drills.community import LATER, LETTERS, LETTERS_ABOUT, PEOPLE, People
from tests.drills.people import Person
from tests.drills.picture_senders import COOKIE, PictureSenders
from tests.drills.site_of_machines import Machines, missing
from tests.drills.watching import Watch, in_flight, none
from tests.drills.writers import Crowd

PAGES = ("/", "/boards/", "/b/drill/", "/networks/", f"/search/?q={quote('ซ้อม')}")
APART = 60  # people who do not write with the crowd, so that their pace is their own


class Authors:
    """Two who write and look at once whether it is there; `unseen` are texts that were not."""

    def __init__(self, site: str, sessions: Iterator[str], topic: str, name: str) -> None:
        self.seen, self.unseen = 0, list[str]()
        self._site, self._topic, self._name = site, topic, name
        self._sessions, self._numbers = sessions, itertools.count()
        self._lock, self._end = threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._write) for _each in range(2)]

    def __enter__(self) -> "Authors":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    def _write(self) -> None:
        while not self._end.is_set():
            with self._lock:
                person = Person(self._site, cookies={COOKIE: next(self._sessions)})
            for _each in range(6):
                if self._end.wait(0.1):
                    return
                try:
                    self._once(person)
                except (OSError, HTTPException, LookupError):
                    continue  # the crowd counts what fails

    def _once(self, person: Person) -> None:
        page = person.get(self._topic)
        token = f"เห็นเอง-{self._name}-{next(self._numbers)}"
        answer = person.send(page, page.form("body"), body=token)
        for _redirect in range(4):
            if answer.status in (301, 302):
                answer = person.get(answer.location)
        if answer.status == 200:
            self.seen += 1
            if token not in answer.text:
                self.unseen.append(token)


class MachineDrills(Watch):
    """The drills of a site on several machines; beside the crowd two look at once for what they wrote."""

    def __init__(self, machines: Machines, people: int = 400) -> None:
        all_people = People(**machines.typed(PEOPLE.format(count=people)))
        super().__init__(
            machines.site,
            all_people._replace(
                sessions=all_people.sessions[APART:], readers=all_people.readers[APART:]
            ),
        )
        self.machines = machines
        self._authors = itertools.cycle(all_people.sessions[:APART])

    def sql(self, statement: str) -> str:
        rows = f"SELECT string_agg(answer::text, E'\\n') FROM ({statement}) AS t(answer)"
        return str(self.machines.cluster.primary.ask(rows) or "")

    def writing(
        self,
        name: str,
        act: Callable[[Crowd], object],
        *,
        failures: Callable[[Crowd], int] | None = None,
    ) -> Crowd:
        """As everywhere; and who wrote sees what she wrote."""
        authors = Authors(
            self.site,
            self._authors,
            self.people.topic,
            f"{name.replace(' ', '-')}-{time.time():.0f}",
        )

        def beside_authors(crowd: Crowd) -> None:
            with authors:
                act(crowd)

        crowd = super().writing(name, beside_authors, failures=failures)
        print(
            f"          {authors.seen} looked at at once, {len(authors.unseen)} not seen",
            flush=True,
        )
        self.demand(authors.seen > 0, f"{name}: no author saw a page")
        self.demand(not authors.unseen, f"{name}: not seen by who wrote it: {authors.unseen[:5]}")
        return crowd

    # -- the drills ------------------------------------------------------------------------------

    def ordinary(self) -> None:
        """Nothing happens: nothing fails, and replicas are read from."""
        before = self._read_from_replicas()
        self.writing("ordinary", lambda _crowd: time.sleep(10), failures=none)
        after = self._read_from_replicas()
        print(
            f"          statements of replicas: {[b - a for a, b in zip(before, after, strict=True)]}"
        )
        self.demand(
            all(b - a > 50 for a, b in zip(before, after, strict=True)),
            "replicas were not read from",
        )

    def _read_from_replicas(self) -> list[int]:
        statement = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'roypalang'"
        return [int(str(each.ask(statement))) for each in self.machines.cluster.replicas]

    def late(self) -> None:
        """A replica takes in nothing for twenty seconds: it is left out, and who wrote sees what she wrote."""
        late = self.machines.cluster.replicas[0]
        said = []

        def act(_crowd: Crowd) -> None:
            late.ask("SELECT pg_wal_replay_pause()")
            time.sleep(10)
            said.extend(self.machines.ready("one"))
            time.sleep(10)
            late.ask("SELECT pg_wal_replay_resume()")
            time.sleep(3)

        self.writing("replica late", act, failures=none)
        found = [line for line in said if line.startswith("replica:")]
        self.demand(len(found) == 1 and str(late.port) in found[0], f"late: {said}")

    def replica_gone(self) -> None:
        """A replica is killed, and comes back: nobody notices."""
        gone = self.machines.cluster.replicas[-1]

        def act(_crowd: Crowd) -> None:
            gone.kill()
            time.sleep(6)
            gone.start()
            time.sleep(4)

        self.writing("replica killed", act, failures=none)

    def redis_gone(self) -> None:
        """Redis is stopped, then silent: all pages answer, within twice the time, and limits hold."""
        usual = self._page_times()
        redis = self.machines.redis

        def act(_crowd: Crowd) -> None:
            redis.stop()
            time.sleep(6)
            redis.start()
            time.sleep(6)

        self.writing("Redis killed", act, failures=none)
        for how in ("stopped", "silent"):
            redis.freeze(frozen=True) if how == "silent" else redis.stop()
            away = self._page_times()
            refused = self._wrong_passwords(how)
            redis.freeze(frozen=False) if how == "silent" else redis.start()
            middle, far = (statistics.quantiles(times, n=20) for times in (usual, away))
            ratio = far[9] / middle[9]
            print(
                f"          Redis {how}: pages take {ratio:.2f} times as long (median {far[9] * 1000:.0f} ms, 95 % under"
                f" {far[18] * 1000:.0f} ms; usually {middle[9] * 1000:.0f}, {middle[18] * 1000:.0f});"
                f" wrong passwords until one is refused: {refused}",
                flush=True,
            )
            self.demand(ratio < 2, f"Redis {how}: pages took {ratio:.2f} times as long")
            self.demand(refused <= 6, f"Redis {how}: {refused} passwords could be tried")
            time.sleep(6)

    def _page_times(self) -> list[float]:
        person = Person(self.machines.site, cookies={COOKIE: self.people.sessions[0]})
        times = []
        for page in PAGES * 12:
            start = time.monotonic()
            said = person.get(page).status
            times.append(time.monotonic() - start)
            self.demand(said == 200, f"{page}: {said}")
        return times[len(PAGES) * 2 :]

    def _wrong_passwords(self, how: str) -> int:
        person = Person(self.machines.site)
        page = person.get("/accounts/login/")
        for count in range(1, 12):
            form = page.form("login", "password")
            typed = {"login": f"{how}@example.org", "password": "ผิดแน่นอน-ผิดแน่นอน"}
            if person.send(page, form, **typed).status == 429:
                return count
        return 99

    def host_killed(self) -> None:
        """One of two hosts is killed, and started again: what was in flight fails, nothing more."""
        machines = self.machines

        def act(crowd: Crowd) -> None:
            crowd.while_cut(lambda: machines.kill(machines.hosts["one"]))
            time.sleep(5)
            machines.start_host("one")
            time.sleep(10)

        self.writing("web host killed", act, failures=in_flight)

    def storage_gone(self) -> None:
        """Object storage is killed, and comes back: texts go on, a picture is refused in words or is whole."""
        storage, machines = self.machines.storage, self.machines
        assert storage, "not in a bucket"
        senders = PictureSenders(self.site, self._authors, self.people.topic)

        def act(_crowd: Crowd) -> None:
            with senders:
                time.sleep(6)
                storage.stop()
                time.sleep(6)
                storage.start()
                time.sleep(8)

        self.writing("storage killed", act, failures=none)
        missing = senders.not_shown()
        compared = machines.manage("pictures").strip()
        print(
            f"          pictures: answers {dict(senders.said)}, {senders.acknowledged} files acknowledged, {len(missing)} lost;"
            f" {compared}",
            flush=True,
        )
        self.demand(senders.acknowledged > 0, "nobody could send a picture")
        self.demand(not missing, f"pictures lost: {missing[:5]}")
        self.demand(set(senders.said) <= {"201", "429", "503"}, f"pictures: {dict(senders.said)}")
        self.demand(" 0 that rows speak of are missing" in compared, compared)

    def two_workers(self) -> None:
        """Letters with two workers, one of which is killed: each comes, at most one twice; at most one comes later."""
        wanted = min(120, len(self.people.sessions))
        relay = self.machines.relay
        relay.slow = 0.02
        before = len(relay.letters)
        self.machines.typed(LETTERS.format(count=wanted))
        end, killed = time.monotonic() + 90, False
        came: Counter[str] = Counter()
        while time.monotonic() < end and len(came) < wanted - killed:
            came = relay.came(before, LETTERS_ABOUT)
            if len(came) > wanted // 3 and not killed:
                killed = True
                self.machines.kill(self.machines.workers["one"])
            time.sleep(0.2)
        time.sleep(2)  # the last one, where none was on its way
        relay.slow = 0
        later = self.machines.typed(LATER)["waiting"]
        self.machines.start_worker("one")
        end = time.monotonic() + 75  # what was taken only is free again after a minute
        while time.monotonic() < end and len(came) < wanted:
            came = relay.came(before, LETTERS_ABOUT)
            time.sleep(0.2)
        twice = sum(times - 1 for times in came.values())
        print(
            f"          two workers, one killed: {len(came)} of {wanted} letters came, {later} of them later, {twice} twice",
            flush=True,
        )
        self.demand(len(came) == wanted, f"letters: {len(came)} of {wanted}")
        self.demand(later <= 1, f"letters: {later} later")
        self.demand(twice <= 1, f"letters: {twice} twice")

    def failover(self) -> None:
        """The server that is written to is killed; three seconds later a replica is promoted. The last drill."""
        took = []

        def act(_crowd: Crowd) -> None:
            self.machines.cluster.primary.kill()
            time.sleep(3)
            start = time.monotonic()
            self.machines.fail_over()
            took.append(time.monotonic() - start)
            end = time.monotonic() + 30
            while time.monotonic() < end and self.machines.status() != 200:
                time.sleep(0.1)
            took.append(time.monotonic() - start)
            time.sleep(8)

        self.only(self.writing("failover", act), "503")
        print(
            f"          promoted in {took[0]:.1f} s, a page again after {took[1]:.1f} s", flush=True
        )
        left = self.machines.cluster.replicas[0]
        followed = left.ask("SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'")
        self.demand(followed == 1, "the other replica does not follow")
        self.writing("after the failover", lambda _crowd: time.sleep(5), failures=none)


DRILLS = (
    "ordinary",
    "late",
    "replica_gone",
    "redis_gone",
    "host_killed",
    "storage_gone",
    "two_workers",
    "failover",
)


def main() -> int:
    """Run the drills."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("drills", nargs="*", choices=[*DRILLS, []], help="only these")
    parser.add_argument(
        "--postgres", default="", help="where PostgreSQL's programs are, if not the wheel's"
    )
    parser.add_argument(
        "--like", default="", help="a migrated database to copy: quicker than to migrate"
    )
    options = parser.parse_args()
    if wanted := missing() or object_storage.why_not():
        print(f"This is missing: {wanted}", file=sys.stderr)
        return 2
    start = time.monotonic()
    with Machines(options.postgres, options.like, in_a_bucket=True) as machines:
        drills = MachineDrills(machines)
        print(f"{time.monotonic() - start:6.1f} s  all stand", flush=True)
        for name in options.drills or DRILLS:
            getattr(drills, name)()
        errors = [
            line for line in machines.logs() if '"level": "ERROR"' in line or "Traceback" in line
        ]
        if drills.faults:
            print("\n".join(errors[-20:]))
        print(f"{len(drills.faults)} not so; {len(errors)} lines of error in the logs")
    return 1 if drills.faults else 0


if __name__ == "__main__":
    sys.exit(main())
