"""`python -m tests.drills.soak --minutes 30`: twenty people read and write for half an hour, as people do.

Demanded: no process of the site, nor what sends the letters, grows by a tenth once it is warm; no transaction is left
open and idle for five seconds; nothing fails, nothing acknowledged is lost or doubled. Ends with 1 where it is not so.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

from tests.drills import loopback
from tests.drills.here import Here
from tests.drills.loopback import Loopback
from tests.drills.people import Person
from tests.drills.watching import none
from tests.drills.writers import Crowd

PEOPLE = 20
READ = (
    "/",
    "/networks/",
    f"/search/?q={quote('น้ำ')}",
    "/tags/",
    "/notifications/",
    "/unread/",
    "/boards/",
)
LOOK = 5  # seconds between two looks at the processes
WARM = 0.2  # of the time: until then everything is loaded for the first time
GROWTH = 1.10


class Soak(Here):
    """Twenty people, and what the processes become meanwhile."""

    def __init__(self, place: Loopback, seconds: float) -> None:
        super().__init__(place)
        self.seconds = seconds
        self.said: Counter[str] = Counter()
        self.took: list[float] = []
        self._lock = threading.Lock()

    def _reader(self, number: int, end: float) -> None:
        chance = random.Random(number)  # noqa: S311
        person = self.people.person(self.site, -1 - number) if number % 3 else Person(self.site)
        while time.monotonic() < end:
            address = chance.choice([*READ, self.people.topic, self.people.topic])
            start = time.monotonic()
            try:
                status = str(person.get(address).status)
            except (OSError, HTTPException) as error:
                status = type(error).__name__
            with self._lock:
                self.said[status if status < "400" else f"{status} {address}"] += 1
                self.took.append(time.monotonic() - start)
            time.sleep(chance.uniform(1, 4))

    def run(self) -> None:
        """Twelve who read beside the eight who write."""
        sizes: list[dict[int, float]] = []
        idle = 0.0

        def act(_crowd: Crowd) -> None:
            nonlocal idle
            end = time.monotonic() + self.seconds
            threads = [
                threading.Thread(target=self._reader, args=[number, end])
                for number in range(PEOPLE - 8)
            ]
            for thread in threads:
                thread.start()
            while time.monotonic() < end:
                sizes.append(self.place.sizes())
                idle = max(idle, self._idle_in_transaction())
                time.sleep(LOOK)
            for thread in threads:
                thread.join()

        self.writing("twenty people", act, failures=none)
        warm = sizes[int(len(sizes) * WARM)]
        grown = {pid: size / warm[pid] for pid, size in sizes[-1].items() if pid in warm}
        most = max(grown.values())
        self.took.sort()
        print(
            f"         {self.seconds / 60:.0f} minutes, {len(self.took)} pages {dict(self.said)}, half within"
            f" {self.took[len(self.took) // 2] * 1000:.0f} ms, 95 of 100 within {self.took[int(len(self.took) * 0.95)] * 1000:.0f};"
            f" processes {', '.join(f'{warm[pid]:.0f} → {sizes[-1][pid]:.0f} MB' for pid in grown)};"
            f" a transaction idle for {idle:.1f} s at most",
            flush=True,
        )
        self.demand(set(warm) == set(sizes[-1]), "a process ended meanwhile")
        self.demand(most < GROWTH, f"a process grew to {most:.2f} times what it was")
        self.demand(idle < 5, f"a transaction stood idle for {idle:.1f} s")
        wrong = [said for said in self.said if said not in {"200", "302"}]
        self.demand(not wrong, f"answers: {wrong}")

    def _idle_in_transaction(self) -> float:
        said = self.sql(
            "SELECT coalesce(extract(epoch FROM max(clock_timestamp() - state_change)), 0)"
            " FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
        )
        return float(said)


def main() -> None:
    """For so many minutes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30)
    options = parser.parse_args()
    if missing := loopback.missing():
        sys.exit(missing)
    with (
        tempfile.TemporaryDirectory(prefix="roypalang-soak-") as folder,
        Loopback(Path(folder)) as place,
    ):
        place.start()
        place.start_deliver()
        soak = Soak(place, options.minutes * 60)
        soak.run()
    print("\n".join(soak.faults) or "All of it held.")
    sys.exit(bool(soak.faults))


if __name__ == "__main__":
    main()
