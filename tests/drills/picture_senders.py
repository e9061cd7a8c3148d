"""Two who send pictures without a pause; what of them the site acknowledged, and what of that can be seen."""

import io
import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPException

from PIL import Image

from tests.drills.people import Person

COOKIE = "__Host-sessionid"
EACH = 4  # pictures of one member: her pace allows more


class PictureSenders:
    """Runs until the block ends."""

    def __init__(self, site: str, sessions: Iterator[str], topic: str) -> None:
        self.said: Counter[str] = Counter()
        self._site, self._sessions, self._topic = site, sessions, topic
        self._kept: list[tuple[Person, str]] = []
        self._lock, self._end = threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._send) for _each in range(2)]

    def __enter__(self) -> "PictureSenders":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    @property
    def acknowledged(self) -> int:
        return len(self._kept)

    def not_shown(self) -> list[str]:
        """Those of them that who sent them does not get, in one size or the other."""
        found = []
        for person, address in self._kept:
            answer = person.get(address)
            if answer.status != 200 or not answer.text.startswith("RIFF"):
                found.append(f"{address}: {answer.status}")
        return found

    def _send(self) -> None:
        while not self._end.is_set():
            with self._lock:
                person = Person(self._site, cookies={COOKIE: next(self._sessions)})
            for _each in range(EACH):
                if self._end.wait(0.1):
                    return
                try:
                    self._once(person)
                except (OSError, HTTPException, LookupError) as error:
                    self.said[type(error).__name__] += 1

    def _once(self, person: Person) -> None:
        token = person.get(self._topic).form("body").fields["csrfmiddlewaretoken"]
        answer = person.upload("/upload/", token, "picture", _small_picture())
        self.said[str(answer.status)] += 1
        if answer.status == 201:
            told = json.loads(answer.text)
            with self._lock:
                self._kept += [(person, told["small"]), (person, told["url"])]


def _small_picture() -> bytes:
    """One that no two send, wide enough for two sizes."""
    made = io.BytesIO()
    Image.effect_noise((700, 80), 90).save(made, "PNG")
    return made.getvalue()
