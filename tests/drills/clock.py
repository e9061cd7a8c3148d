"""`python -m tests.drills.clock`: the clock of the whole machine put an hour on, and an hour back, while people write.

Site, letters and PostgreSQL are started with another clock of the day (`clock.c`), which reads from a file how wrong it is. Demanded: nothing
lost or doubled, nothing failed but what ran at that moment; whoever is signed in stays so; nobody waits an hour because what she wrote lies in the future; what
ends at a time ends once, and is told once. Ends with 1 where it is not so.
"""

import argparse
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.drills.here import Here
from tests.drills.loopback import Loopback
from tests.drills.people import Person
from tests.drills.watching import in_flight
from tests.drills.writers import Crowd

AHEAD = 70  # minutes
POLL = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import Member
from forums.discussions.polls.actions import answer, ask
from forums.discussions.topics.models import Topic

topic = Topic.objects.order_by("-pk").first()
people = list(Member.objects.filter(email__startswith="drill").order_by("pk")[:7])
poll = ask(author=people[0], topic=topic, kind="one", question="วันไหนดี", options="เสาร์\\nอาทิตย์",
           closes_at=timezone.now() + timedelta(minutes=65))
for member in people[1:]:
    answer(member=member, poll=poll, marks=[1, 0])
print('SAID {"poll": %d}' % poll.pk)
"""


class Clock:
    """How wrong the clock is for whatever is started while this is in the environment."""

    def __init__(self, folder: Path) -> None:
        self._file, library = folder / "ahead", folder / "clock.so"
        self.put(0)
        source = Path(__file__).with_name("clock.c")
        build = ["cc", "-shared", "-fPIC", "-O2", "-Wall", "-o", str(library), str(source)]
        subprocess.run(build, check=True)  # noqa: S603
        os.environ |= {"LD_PRELOAD": str(library), "CLOCK_AHEAD": str(self._file)}

    def put(self, minutes: int) -> None:
        """All clocks of the site are so far ahead, at once."""
        with self._file.open("r+b" if self._file.exists() else "wb") as file:
            file.write(struct.pack("l", minutes * 60))


class Jumps(Here):
    """The drills of a clock that jumps."""

    def __init__(self, place: Loopback, clock: Clock) -> None:
        super().__init__(place)
        self.clock = clock

    def put(self, minutes: int) -> None:
        self.clock.put(minutes)
        said = float(self.sql("SELECT extract(epoch FROM now())"))
        assert abs(said - time.time() - minutes * 60) < 30, "PostgreSQL does not see the clock"

    def writers(self) -> None:
        """On by an hour and back, while eight write."""

        def act(crowd: Crowd) -> None:
            # PostgreSQL's ends of statements go by this clock: what runs at that moment may be ended, in words.
            for minutes in (AHEAD, 0):
                crowd.while_cut(lambda minutes=minutes: self.put(minutes))  # type: ignore[misc]
                time.sleep(10)

        crowd = self.writing("the clock on and back", act, failures=in_flight)
        self.only(crowd, "503")
        self.demand(not crowd.seen.refused, f"{crowd.seen.refused} were told to wait")

    def paces(self) -> None:
        """Whoever wrote as much as she may in the wrong hour writes on in the right one."""
        person = self.people.person(self.site, 0)
        self.put(AHEAD)
        ahead = [self._write(person, f"ซ้อมนาฬิกา {number}") for number in range(9)]
        self.put(0)
        after = self._write(person, "ซ้อมนาฬิกา หลังจากนั้น")
        print(f"         written ahead of time: {ahead}, then {after}", flush=True)
        self.demand(ahead == [302] * 8 + [429], f"ahead of time: {ahead}")
        self.demand(after == 302, f"after what lies in the future: {after}")

    def _write(self, person: Person, said: str) -> int:
        page = person.get(self.people.topic)
        return person.send(page, page.form("body"), body=said).status

    def tries(self) -> None:
        """Wrong passwords tried in the wrong hour keep nobody out in the right one."""
        person = Person(self.site)
        self.put(AHEAD)
        ahead = [self._wrong_password(person) for _each in range(6)]
        self.put(0)
        after = self._wrong_password(person)
        print(f"         passwords ahead of time: {ahead}, then {after}", flush=True)
        self.demand(ahead[-1] == 429, f"passwords ahead of time: {ahead}")
        self.demand(after == 200, f"a password after those of the future: {after}")

    def _wrong_password(self, person: Person) -> int:
        page = person.get("/accounts/login/")
        typed = {"login": "nobody@example.org", "password": "ผิดแน่นอน-ผิดแน่นอน"}
        return person.send(page, page.form("login", "password"), **typed).status

    def ends(self) -> None:
        """A poll that ends within the hour, on, back and on again: closed once, told once to each; no letter twice."""
        poll = self.place.typed(POLL)["poll"]
        for minutes in (AHEAD, 0, AHEAD):
            self.put(minutes)
            for command in (["remind"], ["digest", "--now"], ["deliver"]):
                self.place.manage(*command)
        told = self.sql(
            "SELECT count(*), count(DISTINCT member_id) FROM forums_notification WHERE kind LIKE 'poll%'"
        )
        came = [(str(letter["To"]), str(letter["Subject"])) for letter in self.place.relay.read()]
        print(
            f"         poll {poll}: notifications and people {told}, {len(came)} letters",
            flush=True,
        )
        first, second = told.split("|")
        self.demand(int(first) == int(second) > 0, f"a poll that ended was told {told}")
        self.demand(len(came) == len(set(came)), "a letter came twice")


def main() -> None:
    """All four."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args()
    if not shutil.which("cc"):
        sys.exit("Missing here: apt install gcc libc6-dev")
    with tempfile.TemporaryDirectory(prefix="roypalang-clock-") as folder:
        clock = Clock(Path(folder))
        with Loopback(Path(folder), behind_nginx=False) as place:
            place.start()
            jumps = Jumps(place, clock)
            jumps.writers()
            jumps.paces()
            jumps.tries()
            jumps.ends()
    print("\n".join(jumps.faults) or "All of it held.")
    sys.exit(bool(jumps.faults))


if __name__ == "__main__":
    main()
