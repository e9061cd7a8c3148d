"""`python -m tests.drills.costs`: what one account may cost the others, on the machine that `install` leaves.

A member edits without end, sends broken pictures, sends commas as a ledger; eight read a history of 500 versions.
Meanwhile a visitor opens the first page. Demanded: her page takes less than three times what it takes when all is quiet
in the middle, no page is an error, and no worker grows by more than 60 MB.
"""

import io
import multiprocessing
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable

from PIL import Image

from tests.drills.community import NETWORK
from tests.drills.failures import MAIN_PID, SQL, Drills
from tests.drills.install import SITE, Site, arguments, install
from tests.drills.people import Person

SECONDS = 30
FACTOR = 3
MEGABYTES = 60
# Those who cost much sit at machines of their own: here, where all share one, they give way to the site.
ELSEWHERE = 10


class Costs:
    """The four, one after another."""

    def __init__(self, drills: Drills) -> None:
        self.drills = drills
        made = drills.shell(NETWORK)
        self.network, coordinator = str(made["network"]), str(made["session"])
        self.coordinator = Person(SITE, cookies={"__Host-sessionid": coordinator})
        for _each in range(20):
            Person(SITE).get("/")
        self.quiet = statistics.median(self._home() for _each in range(30))
        print(f"quiet: the first page takes {self.quiet * 1000:.0f} ms", flush=True)

    def _home(self) -> float:
        start = time.monotonic()
        answer = Person(SITE).get("/")
        if answer.status != 200:
            self.drills.demand(False, f"the first page was {answer.status}")
        return time.monotonic() - start

    def during(self, name: str, people: int, act: Callable[[int], int]) -> None:
        """`people` do `act` (which returns a status) for half a minute, beside a visitor."""
        before = self._memory()
        end = time.monotonic() + SECONDS
        fork = multiprocessing.get_context("fork")
        told = fork.SimpleQueue()

        def go_on(number: int) -> None:
            os.nice(ELSEWHERE)
            said: Counter[int] = Counter()
            while time.monotonic() < end:
                said[act(number)] += 1
            told.put(said)

        processes = [fork.Process(target=go_on, args=[number]) for number in range(people)]
        for process in processes:
            process.start()
        took = []
        while time.monotonic() < end:
            took.append(self._home())
            time.sleep(0.2)
        said = sum((told.get() for _each in processes), Counter())
        for process in processes:
            process.join()
        grown = max(now - before.get(pid, 0) for pid, now in self._memory().items())
        middle = statistics.median(took)
        print(
            f"{name}: {dict(said)}; the first page {middle * 1000:.0f} ms in the middle,"
            f" {max(took) * 1000:.0f} at most; a worker grew by {grown:.0f} MB",
            flush=True,
        )
        self.drills.demand(
            middle < FACTOR * self.quiet, f"{name}: the first page took {middle:.3f} s"
        )
        self.drills.demand(grown <= MEGABYTES, f"{name}: a worker grew by {grown:.0f} MB")
        self.drills.demand(not [s for s in said if s in {500, 502}], f"{name}: {dict(said)}")

    def _memory(self) -> dict[int, float]:
        """Megabytes of each worker."""
        printed = self.drills.run(f"ps -o pid=,rss= --ppid $({MAIN_PID})")
        rows = [line.split() for line in printed.splitlines()]
        return {int(pid): int(kilobytes) / 1024 for pid, kilobytes in rows}

    def person(self, number: int = 0) -> Person:
        """A member."""
        return self.drills.people.person(SITE, number)

    def again(self, person: Person) -> Person:
        """Another connection of the same browser."""
        return Person(SITE, cookies=person.cookies, at=person.at)

    # -- the four --------------------------------------------------------------------------------

    def edits(self) -> None:
        """One member edits one text, 32,000 letters each time, on four connections."""
        member = self.person()
        page = member.get(self.drills.people.topic)
        member.send(page, page.form("body"), body="จะแก้ไม่หยุด")
        newest = "SELECT max(id) FROM forums_post WHERE body LIKE 'จะแก้ไม่หยุด%'"
        self.post = int(self.drills.run(f'{SQL} -c "{newest}"'))
        edit = f"/p/{self.post}/edit/"
        page = member.get(edit)
        form = page.form("body")

        def act(connection: int) -> int:
            words = f"{connection} {time.monotonic()} " + "กขคง" * 7_900
            return self.again(member).send(page, form, body=words).status

        self.during("edits without end", 4, act)

    def pictures(self) -> None:
        """One member sends broken pictures on twelve connections."""
        member = self.person()
        page = member.get(self.drills.people.topic)
        token = page.form("body").fields["csrfmiddlewaretoken"]
        broken = _broken()

        def act(_connection: int) -> int:
            return self.again(member).upload("/upload/", token, "picture", broken).status

        self.during("broken pictures", 12, act)

    def commas(self) -> None:
        """A coordinator sends five megabytes of commas as her network's ledger."""
        coordinator = self.coordinator
        page = coordinator.get(f"{self.network}money/import/")
        token = page.forms()[-1].fields["csrfmiddlewaretoken"]

        def act(_connection: int) -> int:
            return (
                self.again(coordinator).upload(page.address, token, "file", b"," * 5_000_000).status
            )

        self.during("commas for a ledger", 2, act)

    def history(self) -> None:
        """Eight visitors read a history of 500 versions of 32,000 letters."""
        versions = (
            "INSERT INTO forums_revision (post_id, number, author_id, title, body, reason, created_at)"
            " SELECT p.id, n, p.author_id, '', repeat('กขคง ' || n, 4000), '', now() FROM forums_post p,"
            f" generate_series(1, 499) n WHERE p.id = {self.post} ON CONFLICT DO NOTHING"
        )
        count = f"UPDATE forums_post SET revision_count = 499 WHERE id = {self.post}"
        self.drills.run(f'{SQL} -c "{versions}"; {SQL} -c "{count}"')

        visitors = [Person(SITE) for _each in range(8)]

        def act(number: int) -> int:
            return visitors[number].get(f"/p/{self.post}/history/").status

        self.during("a long history", len(visitors), act)


def _broken() -> bytes:
    """A picture of 7000 × 7000 whose last part is no picture any more: as dear to read as a good one."""
    made = io.BytesIO()
    Image.new("RGB", (7000, 7000), (90, 120, 60)).save(made, "PNG")
    good = made.getvalue()
    end = len(good) // 50
    return good[:-end] + b"\xff" * end


def main() -> None:
    """Install, then the four."""
    options = arguments(__doc__ or "").parse_args()
    site = Site(options.base, options.trusted)
    try:
        install(site)
        drills = Drills(site)
        costs = Costs(drills)
        for act in (costs.edits, costs.pictures, costs.commas, costs.history):
            act()
        print("\n".join(drills.faults) or "All of it held.")
        if options.stay:
            sys.stdin.readline()
    finally:
        site.close()
    sys.exit(bool(drills.faults))


if __name__ == "__main__":
    main()
