"""What people do while something breaks, compared with what is left of it."""

import re
import time
from collections import Counter
from collections.abc import Callable

from tests.drills.community import LETTERS_ABOUT, People
from tests.drills.mail import Relay
from tests.drills.writers import Crowd

LETTERS_WITHIN = 300.0  # seconds, on a machine that is busy with other things


class Watch:
    """The drills of one site, and what was not as it must be."""

    def __init__(self, site: str, people: People) -> None:
        self.site, self.people = site, people
        self.faults: list[str] = []

    def sql(self, statement: str) -> str:
        """What the site's database answers, a row a line."""
        raise NotImplementedError

    def demand(self, true: bool, what: str) -> None:
        """Note what is not so."""
        if not true:
            self.faults.append(what)
            print(f"       NOT SO: {what}", flush=True)

    def writing(
        self,
        name: str,
        act: Callable[[Crowd], object],
        *,
        failures: Callable[[Crowd], int] | None = None,
    ) -> Crowd:
        """`act` while eight write; then compares. `failures`: how many requests may fail, None for any."""
        crowd = Crowd(self.site, self.people, f"{name.replace(' ', '-')}-{time.time():.0f}")
        start = time.monotonic()
        with crowd:
            act(crowd)
        # Each drill takes people who have not written for a while.
        self.people = self.people.rotated(crowd.took % len(self.people.sessions))
        stored = self.stored(f"ซ้อม-{crowd.name}-")
        seen, failed = crowd.seen, crowd.seen.all_failed()
        lost = seen.acknowledged - set(stored)
        doubled = [token for token, times in stored.items() if times > 1]
        print(
            f"{time.monotonic() - start:6.1f} s  {name}: {len(seen.acknowledged)} acknowledged, {len(lost)} lost,"
            f" {len(doubled)} doubled, {seen.pages} pages, {len(seen.others)} another's, failed {dict(failed)},"
            f" {seen.refused} by pace, slowest {seen.slowest:.1f} s",
            flush=True,
        )
        self.demand(bool(seen.acknowledged), f"{name}: nobody could write")
        self.demand(not lost, f"{name}: lost {sorted(lost)[:5]}")
        self.demand(not doubled, f"{name}: doubled {doubled[:5]}")
        self.demand(not seen.others, f"{name}: pages of another's {seen.others[:5]}")
        if failures is not None:
            count, may = failed.total(), failures(crowd)
            words = " ".join(re.sub(r"<[^>]*>", " ", seen.example).split())
            self.demand(count <= may, f"{name}: {count} failed, {may} may: {words[:600]}")
        return crowd

    def letters_came(self, relay: Relay, before: int, *, wanted: int, kills: int) -> None:
        """Every one since `before`, at most one twice a kill, once none is due any more."""
        # What was on its way when its process was killed counts as tried, and is sent (once more) ten minutes later.
        unsent = "sent_at IS NULL AND dropped_at IS NULL AND key LIKE 'drill%'"
        end = time.monotonic() + LETTERS_WITHIN
        while time.monotonic() < end and self._letters(f"{unsent} AND due_at <= now()"):
            time.sleep(1)
        time.sleep(2)
        relay.slow = 0
        came = relay.came(before, LETTERS_ABOUT)
        twice = came.total() - len(came)
        waiting = self._letters(f"{unsent} AND tries < 2")
        print(
            f"         letters: killed {kills} times, {len(came)} of {wanted} came, {twice} twice, {waiting} wait",
            flush=True,
        )
        self.demand(wanted - len(came) <= waiting <= kills, f"letters: {wanted - len(came)} lost")
        self.demand(twice <= kills, f"letters: {twice} twice")

    def _letters(self, which: str) -> int:
        return int(self.sql(f"SELECT count(*) FROM forums_letter WHERE {which}"))

    def stored(self, prefix: str) -> Counter[str]:
        """The texts that begin so, each with how often it is there."""
        printed = self.sql(f"SELECT trim(body) FROM forums_post WHERE body LIKE '{prefix}%'")
        return Counter(line for line in printed.splitlines() if line)

    def only(self, crowd: Crowd, *may: str) -> None:
        """Nobody got anything but this where it failed."""
        got = set(crowd.seen.failed)
        self.demand(got <= set(may), f"{crowd.name}: {dict(crowd.seen.failed)}, and not only {may}")


def none(_crowd: Crowd) -> int:
    """No request may fail."""
    return 0


def in_flight(crowd: Crowd) -> int:
    """As many as were asked and not answered when something was killed."""
    return crowd.cut
