"""Eight who write and one who reads, without a pause; what the site acknowledged, and what it had then."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.drills.people import Answer, Person

PATIENCE = 40  # times that one text is sent again, a second apart
EACH = 6  # texts in a row by one member: her pace allows eight a minute


@dataclass
class Seen:
    """What happened meanwhile."""

    acknowledged: set[str] = field(default_factory=set)
    refused: int = 0  # by pace: an answer, not a failure
    failed: Counter[str] = field(default_factory=Counter)  # of the writers' requests
    read: Counter[str] = field(default_factory=Counter)  # what the reader got
    slowest: float = 0.0
    example: str = ""  # a page somebody got instead of hers


class Crowd:
    """Runs until the block ends: `with Crowd(site, sessions, topic) as crowd: …`, then look at `crowd.seen`."""

    def __init__(self, site: str, sessions: list[str], topic: str, name: str) -> None:
        self.site, self.topic, self.name = site, topic, name
        self.seen = Seen()
        self._sessions = itertools.cycle(sessions)
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._numbers = itertools.count()
        self._threads = [threading.Thread(target=self._write) for _each in range(8)]
        self._threads.append(threading.Thread(target=self._read))

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        time.sleep(2)  # in full swing
        return self

    def __exit__(self, *_error: object) -> None:
        time.sleep(2)
        self._end.set()
        for thread in self._threads:
            thread.join()

    def _write(self) -> None:
        while not self._end.is_set():
            with self._lock:
                person = Person(self.site, cookies={"__Host-sessionid": next(self._sessions)})
            for _each in range(EACH):
                if self._end.is_set():
                    return
                self._post(person)

    def _post(self, person: Person) -> None:
        page = self._until(lambda: person.get(self.topic))
        if page is None or page.status != 200:
            return
        token = f"ซ้อม-{self.name}-{next(self._numbers)}"
        form = page.form("body")
        answer = self._until(lambda: person.send(page, form, body=token))
        if answer is not None and answer.status == 302 and "/accounts/" not in answer.location:
            with self._lock:
                self.seen.acknowledged.add(token)
        elif answer is not None and answer.status == 429:
            self.seen.refused += 1
        elif answer is not None:
            self._failed(f"{answer.status} {answer.location}", answer.text)

    def _until(self, ask: Callable[[], Answer]) -> Answer | None:
        """What she gets in the end who tries again when something is broken."""
        for _each in range(PATIENCE):
            try:
                answer = ask()
            except (OSError, HTTPException) as error:
                self._failed(type(error).__name__)
            else:
                if answer.status < 500:
                    return answer
                self._failed(str(answer.status), answer.text)
            time.sleep(1)
        return None

    def _failed(self, what: str, page: str = "") -> None:
        with self._lock:
            self.seen.failed[what] += 1
            self.seen.example = page or self.seen.example

    def _read(self) -> None:
        person = Person(self.site)
        while not self._end.is_set():
            start = time.monotonic()
            try:
                said = str(person.get(self.topic).status)
            except (OSError, HTTPException) as error:
                said = type(error).__name__
            self.seen.read[said] += 1
            self.seen.slowest = max(self.seen.slowest, time.monotonic() - start)
            time.sleep(0.05)
