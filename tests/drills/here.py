"""`python -m tests.drills.here`: what breaks while people write, on ports of this machine; ten minutes, all of it.

The same processes as on a machine of the recipe, without one: PostgreSQL, gunicorn, the letters, nginx, each killed,
stopped, filled up, flooded or put in another hour while eight write. `failures.py` does the same where systemd starts
them. Ends with 1 where something acknowledged is lost or doubled, somebody got another's page, or more failed than may.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.drills import loopback
from tests.drills.community import LETTERS
from tests.drills.disks import FULL, fill, small_disk
from tests.drills.flood import Flood
from tests.drills.loopback import Loopback
from tests.drills.people import Person, picture
from tests.drills.watching import Watch, in_flight, none
from tests.drills.writers import Crowd


class Here(Watch):
    """The drills of a site on loopback."""

    def __init__(self, place: Loopback, *, people: int = 600) -> None:
        super().__init__(place.site, place.people(people))
        self.place = place

    def sql(self, statement: str) -> str:
        return self.place.sql(statement)

    def reloads(self, times: int = 4) -> None:
        """The code loaded anew again and again, and new processes of it (HUP) in between: nothing fails."""

        def act(_crowd: Crowd) -> None:
            for _each in range(times):
                self.place.load_anew()
                time.sleep(2)
                self.place.new_processes()
                time.sleep(2)

        self.writing("loaded anew", act, failures=none)

    def workers(self, times: int = 10) -> None:
        """A process of the site killed every three seconds: what it had in hand fails, and no more."""

        def act(crowd: Crowd) -> None:
            for _each in range(times):
                crowd.while_cut(self.place.kill_web_process)
                time.sleep(3)

        crowd = self.writing("processes killed", act, failures=in_flight)
        self.only(crowd, "502", "IncompleteRead", "RemoteDisconnected", "ConnectionResetError")

    def postmaster(self) -> None:
        """PostgreSQL killed, and started two seconds later: 503 meanwhile, in words."""

        def act(_crowd: Crowd) -> None:
            self.place.kill_database()
            time.sleep(2)
            self.place.start_database()
            time.sleep(5)

        self.only(self.writing("PostgreSQL killed", act), "503")

    def letters(self, wanted: int = 240, kills: int = 6) -> None:
        """What sends letters killed again and again: every one comes, at most one twice a kill."""
        relay = self.place.relay
        relay.slow, before = 0.05, len(relay.letters)
        self.place.typed(LETTERS.format(count=wanted))
        for _each in range(kills):
            self.place.start_deliver()
            time.sleep(4)
            self.place.kill_deliver()
        self.place.start_deliver()
        self.letters_came(relay, before, wanted=wanted, kills=kills)

    def submits(self, copies: int = 20) -> None:
        """One form sent twenty times at once: one text, and all are led to it."""
        person = self.people.person(self.site, 0)
        page = person.get(self.people.topic)
        form, said = page.form("body"), f"ซ้อมส่งซ้ำ {time.time():.0f}"

        def send(_number: int) -> tuple[int, str]:
            again = Person(self.site, cookies=person.cookies, at=person.at)
            answer = again.send(page, form, body=said)
            return answer.status, answer.location

        with ThreadPoolExecutor(copies) as pool:
            answers = set(pool.map(send, range(copies)))
        stored = sum(self.stored(said).values())
        print(
            f"         one form {copies} times at once: {stored} stored, answers {answers}",
            flush=True,
        )
        self.demand(stored == 1, f"one form {copies} times: {stored} stored")
        self.demand(
            len(answers) == 1 and {status for status, _where in answers} == {302},
            f"one form {copies} times: {answers}",
        )

    def pictures_full(self) -> None:
        """No room for pictures: 507 in words for a picture, and texts go on."""

        def act(_crowd: Crowd) -> None:
            with small_disk(self.place.media, size="1m"):
                fill(self.place.media)
                said = self._upload()
                self.demand(said == 507, f"no room for pictures: {said}, and not 507")
                left = [path for path in self.place.media.rglob("*") if path.name != FULL]
                files = [path for path in left if path.is_file()]
                self.demand(not files, f"no room for pictures: {files} left half written")
            said = self._upload()
            self.demand(said in {200, 201}, f"room for pictures again: {said}")

        self.writing("no room for pictures", act, failures=none)
        rows = self.sql("SELECT count(*) FROM forums_attachment")
        self.demand(rows == "1", f"no room for pictures: {rows} rows for one picture")

    def _upload(self) -> int:
        person = self.people.person(self.site, -1)
        page = person.get(self.people.topic)
        token = page.form("body").fields["csrfmiddlewaretoken"]
        return person.upload("/upload/", token, "picture", picture()).status

    def disk_full(self) -> None:
        """No room for posts in PostgreSQL for fifteen seconds: a page that says so, and all heals."""
        place = self.place.folder / "small"
        place.mkdir()
        with small_disk(place, size="64m"):
            (place / "pg").mkdir()
            self.sql(f"CREATE TABLESPACE small LOCATION '{place}/pg'")
            self.sql("ALTER TABLE forums_post SET TABLESPACE small")
            self.sql("VACUUM FULL forums_post")

            def act(_crowd: Crowd) -> None:
                fill(place)
                time.sleep(15)
                (place / FULL).unlink()
                time.sleep(5)

            crowd = self.writing("no room in PostgreSQL", act)
            self.demand("503" in crowd.seen.failed, "no room in PostgreSQL: nobody saw it")
            self.only(crowd, "503")
            self.sql("ALTER TABLE forums_post SET TABLESPACE pg_default")
            self.sql("CHECKPOINT")
            self.sql("DROP TABLESPACE small")

    def idle(self, count: int = 8_000) -> None:
        """Thousands of connections that are silent or send half a request: the others are served."""
        quiet, _answers = self._pages_take()
        with Flood(self.place.port, count) as flood:
            took, answers = self._pages_take()
            most = sorted(took)[int(len(took) * 0.95)]
            self.writing("thousands held", lambda _crowd: time.sleep(10), failures=none)
            print(
                f"         {flood.held} held, {flood.refused} refused; pages beside them {dict(answers)}, {_ms(took)} ms in the"
                f" middle (without {_ms(quiet)}), {most * 1000:.0f} for 95 of 100",
                flush=True,
            )
            self.demand(flood.held > count * 0.9, f"idle: only {flood.held} of {count} held")
        self.demand(set(answers) == {200}, f"idle: {dict(answers)}")
        self.demand(most < 0.5, f"idle: 95 of 100 pages took {most:.2f} s")

    def _pages_take(self) -> tuple[list[float], Counter[int]]:
        """Seconds of a hundred first pages, each asked by somebody else, and what was answered."""
        took, answers = [], Counter[int]()
        for _each in range(100):
            start = time.monotonic()
            answers[Person(self.site).get("/").status] += 1
            took.append(time.monotonic() - start)
        return took, answers


def _ms(took: list[float]) -> int:
    return round(statistics.median(took) * 1000)


DRILLS = (
    "reloads",
    "workers",
    "postmaster",
    "letters",
    "submits",
    "pictures_full",
    "disk_full",
    "idle",
)
ROOTS = {"pictures_full", "disk_full"}  # these mount small disks


def possible() -> list[str]:
    """All of them, as far as this user may."""
    left = [name for name in DRILLS if name in ROOTS and os.geteuid() != 0]
    if left:
        print(f"Left out, for only root may mount: {', '.join(left)}")
    return [name for name in DRILLS if name not in left]


def main() -> None:
    """All of them, or those that are named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("drills", nargs="*", choices=[*DRILLS, []], help="these only")
    options = parser.parse_args()
    if missing := loopback.missing():
        sys.exit(missing)
    with (
        tempfile.TemporaryDirectory(prefix="roypalang-here-") as folder,
        Loopback(Path(folder)) as place,
    ):
        place.start()
        here = Here(place)
        for name in options.drills or possible():
            getattr(here, name)()
    print("\n".join(here.faults) or "All of it held.")
    sys.exit(bool(here.faults))


if __name__ == "__main__":
    main()
