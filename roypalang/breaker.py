"""What is asked of another machine, and left alone for a while when it does not answer: a circuit breaker."""

import time
from collections.abc import Callable
from threading import Lock


class Breaker:
    """Whether something elsewhere answers, as far as this process knows; one for all its threads.

    `away` is told why when it no longer answers, `back` that it does again: once each.
    """

    def __init__(
        self, seconds: float, *, away: Callable[[str], object], back: Callable[[], object]
    ) -> None:
        self.why = ""  # '': it answers
        self._seconds, self._away, self._back = seconds, away, back
        self._until, self._turn = float("-inf"), Lock()

    def is_open(self) -> bool:
        """Is it to be left alone? While it is away one of all that ask tries again after those seconds."""
        return bool(self.why) and not self._is_to_try()

    def _is_to_try(self) -> bool:
        with self._turn:
            if (now := time.monotonic()) < self._until:
                return False
            self._until = now + self._seconds
            return True

    def note(self, why: str) -> None:
        """Why it did not answer just now; '' where it did."""
        if bool(why) != bool(self.why):
            if why:
                self._away(why)
            else:
                self._back()
        if why:
            self._until = time.monotonic() + self._seconds
        self.why = why
