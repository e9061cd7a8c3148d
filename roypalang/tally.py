"""What the pages of a process did, for the charts of the week: counted in memory, written once a minute after an answer."""

from collections.abc import Callable
from threading import Lock
from time import monotonic, perf_counter

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from forums.base.afterwards import afterwards
from forums.vitals.actions import add_requests
from roypalang.measuring import NOWHERE, STATIC, view_of

Handler = Callable[[HttpRequest], HttpResponse]

EVERY = 60  # seconds; a process that dies takes so much along at most
SLOW = 1.0  # seconds
_NOT_OURS = frozenset(("healthz", "readyz", "metrics", STATIC))  # asked by machines; files


class RequestTally:
    """Since it was written last. What the database does not take now is added to the next."""

    def __init__(self) -> None:
        self._lock, self._written = Lock(), monotonic()
        self._clear()

    def _clear(self) -> None:
        self.requests, self.failed, self.slow, self.seconds = 0, 0, 0, 0.0

    def note(self, seconds: float, status: int) -> bool:
        """Count a request; whether the caller is to write."""
        with self._lock:
            self.requests += 1
            self.failed += status >= 500
            self.slow += seconds > SLOW
            self.seconds += seconds
            if (now := monotonic()) - self._written < EVERY:
                return False
            self._written = now
            return True

    def write(self) -> None:
        with self._lock:
            requests, failed, slow, seconds = self.requests, self.failed, self.slow, self.seconds
            self._clear()
        try:
            add_requests(
                now=timezone.now(), requests=requests, failed=failed, slow=slow,
                milliseconds=round(seconds * 1000),
            )  # fmt: skip
        except Error:  # away, which is said elsewhere
            with self._lock:
                self.requests += requests
                self.failed += failed
                self.slow += slow
                self.seconds += seconds


tally = RequestTally()


class Tallied:
    """Counts each page that is answered, and how long that took."""

    def __init__(self, get_response: Handler) -> None:
        if not settings.FORUMS_VITALS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.get_response(request)
        view = view_of(request)
        refused = view == NOWHERE and response.status_code < 500  # strangers at locked doors
        if view in _NOT_OURS or refused:
            return response
        if tally.note(perf_counter() - began, response.status_code):
            afterwards(response, tally.write)
        return response
