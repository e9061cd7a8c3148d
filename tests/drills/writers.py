"""Eight who write and one who reads, without a pause; what the site acknowledged, and what it had then."""

import itertools
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.drills.community import People
from tests.drills.people import Answer, Person

PATIENCE = 40  # times that one text is sent again, a second apart
EACH = 6  # texts in a row by one member: her pace allows eight a minute
READER = re.compile(
    r'<html\b[^>]*\bdata-reader="(\d+)"'
)  # each page says whose it is; 0: a visitor's


@dataclass
class Seen:
    """What happened meanwhile."""

    acknowledged: set[str] = field(default_factory=set)
    refused: int = 0  # by pace: an answer, not a failure
    failed: Counter[str] = field(default_factory=Counter)  # of the writers' requests
    read: Counter[str] = field(default_factory=Counter)  # what the reader got
    pages: int = 0
    others: list[str] = field(default_factory=list)  # pages that were made for somebody else
    slowest: float = 0.0
    example: str = ""  # a page somebody got instead of hers

    def all_failed(self) -> Counter[str]:
        """Of the writers and of the reader."""
        return self.failed + Counter({said: n for said, n in self.read.items() if said != "200"})


class Crowd:
    """Runs until the block ends: `with Crowd(site, people, name) as crowd: …`, then look at `crowd.seen`."""

    def __init__(self, site: str, people: People, name: str) -> None:
        self.site, self.people, self.name = site, people, name
        self.seen = Seen()
        self.cut = 0  # requests that were on their way when something was killed
        self.took = 0  # people who have written
        self._each = itertools.cycle(range(len(people.sessions)))
        self._flying, self._begun = 0, 0
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

    def while_cut(self, kill: Callable[[], object]) -> None:
        """Kill something; how many requests that may cost is added to `cut`."""
        with self._lock:
            flying, begun = self._flying, self._begun
        kill()
        with self._lock:
            self.cut += flying + self._begun - begun

    def _write(self) -> None:
        while not self._end.is_set():
            with self._lock:
                number = next(self._each)
                self.took += 1
            person = self.people.person(self.site, number)
            for _each in range(EACH):
                if self._end.is_set():
                    return
                self._post(person, self.people.readers[number])

    def _post(self, person: Person, reader: int) -> None:
        page = self._until(lambda: person.get(self.people.topic))
        if page is None or page.status != 200:
            return
        self._hers(page, reader)
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

    def _hers(self, page: Answer, reader: int) -> None:
        """Whether the page was made for who asked for it."""
        said = READER.search(page.text)
        with self._lock:
            self.seen.pages += 1
            if said is None or int(said[1]) != reader:
                self.seen.others.append(f"{said and said[1]} for {reader}")

    def _until(self, ask: Callable[[], Answer]) -> Answer | None:
        """What she gets in the end who tries again when something is broken."""
        for _each in range(PATIENCE):
            try:
                answer = self._asked(ask)
            except (OSError, HTTPException) as error:
                self._failed(type(error).__name__)
            else:
                if answer.status < 500:
                    return answer
                self._failed(str(answer.status), answer.text)
            time.sleep(1)
        return None

    def _asked(self, ask: Callable[[], Answer]) -> Answer:
        with self._lock:
            self._flying += 1
            self._begun += 1
        try:
            return ask()
        finally:
            with self._lock:
                self._flying -= 1

    def _failed(self, what: str, page: str = "") -> None:
        with self._lock:
            self.seen.failed[what] += 1
            self.seen.example = page or self.seen.example

    def _read(self) -> None:
        person = Person(self.site)
        while not self._end.is_set():
            start = time.monotonic()
            try:
                answer = self._asked(lambda: person.get(self.people.topic))
                said = str(answer.status)
                if answer.status == 200:
                    self._hers(answer, 0)
            except (OSError, HTTPException) as error:
                said = type(error).__name__
            self.seen.read[said] += 1
            self.seen.slowest = max(self.seen.slowest, time.monotonic() - start)
            time.sleep(0.05)
