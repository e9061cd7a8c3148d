"""Notes each request in memory, and writes what was noted within a second, beside the requests."""

import atexit
import logging
import os
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event, Lock, Thread
from time import sleep
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, DataError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from forums.base.from_where import asked_from
from forums.privacy.traffic.models import KIND_LENGTH

logger = logging.getLogger(__name__)


class NotedRequest(NamedTuple):
    """One request, as the table has it."""

    at: datetime
    address: str | None
    port: int | None
    account: int | None
    kind: str


Handler = Callable[[HttpRequest], HttpResponse]

EVERY = 0.5  # seconds between two writings: a line is written within a second
AT_ONCE = 5_000  # lines in one transaction
MOST = 200_000  # lines kept while the database is away, some 60 MB; then the oldest go
NOWHERE = "–"  # for what leads to no page of ours, or was refused before one was looked for
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
_NOT_NOTED = frozenset(
    ("healthz", "readyz", "metrics")
)  # asked by the machine itself, every few seconds


class Recorder:
    """What was noted in this process, and the thread that writes it.

    Started with the first line, so after processes were parted; what a parent had noted is the parent's.
    """

    def __init__(self, write_down: Callable[[Sequence[NotedRequest]], None] | None = None) -> None:
        self.write_down = write_down  # the action, which stands above (`kinds`)
        self.lines: deque[NotedRequest] = deque(maxlen=MOST)
        self._pid, self._turn, self._some = 0, Lock(), Event()
        self._writing = Lock()
        self._is_away = False

    def note(self, line: NotedRequest) -> None:
        """Remember a line; costs its request a few microseconds."""
        if self._pid != os.getpid():
            self._start()
        self.lines.append(line)
        if not self._some.is_set():
            self._some.set()

    def write(self) -> None:
        """Write all that was noted. What the database does not take now is kept for the next time."""
        with self._writing:
            while self.lines:
                taken = [self.lines.popleft() for _n in range(min(AT_ONCE, len(self.lines)))]
                if not self._written(taken):
                    break

    def _written(self, taken: list[NotedRequest]) -> bool:
        assert self.write_down is not None  # noqa: S101 - since the site is up
        try:
            self.write_down(taken)
        except DataError:  # it would be refused every time
            logger.exception(
                "%s lines of the traffic log could not be read, and are lost", len(taken)
            )
        except DatabaseError as error:
            room = MOST - len(self.lines)
            self.lines.extendleft(reversed(taken[max(len(taken) - room, 0) :]))
            if not self._is_away:
                logger.error("The traffic log waits for the database: %s", str(error).strip())
            self._is_away = True
            connection.close()
            return False
        self._is_away = False
        return True

    def _start(self) -> None:
        with self._turn:
            if self._pid == os.getpid():
                return
            self.lines.clear()
            self._some, self._writing = Event(), Lock()
            Thread(target=self._stay, name="traffic", daemon=True).start()
            atexit.register(self._end, os.getpid())
            self._pid = os.getpid()

    def _stay(self) -> None:
        while True:
            self._some.wait()
            sleep(EVERY)
            self._some.clear()
            try:
                self.write()
            except Exception:  # whatever it is, the next lines are to be written
                logger.exception("The traffic log could not be written")
            if self.lines:  # the database is away
                self._some.set()

    def _end(self, pid: int) -> None:
        """The process ends: told to (SIGTERM, SIGINT) or for a new one; all requests were answered."""
        if pid == os.getpid():
            self.write()
            connection.close()


recorder = Recorder()


class RecordTraffic:
    """Notes every request that comes to the site, refused ones too; files of style and scripts are not asked of it."""

    def __init__(self, get_response: Handler) -> None:
        if not settings.FORUMS_TRAFFIC_LOG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        response = self.get_response(request)
        found = request.resolver_match
        name = found.view_name if found else NOWHERE
        if name not in _NOT_NOTED:
            method = request.method if request.method in METHODS else NOWHERE
            kind = f"{method} {name}"[:KIND_LENGTH]
            recorder.note(NotedRequest(at, *_from_where(request), _account(request), kind))
        return response


def _account(request: HttpRequest) -> int | None:
    """Whose session it came with, or who came in by it; asked of nobody: what no page looked up is not looked up here."""
    for found in (getattr(request, "user", None), getattr(request, "_cached_user", None)):
        # Of a lazy user only what is there already.
        member = getattr(found, "_wrapped", found)
        if (pk := getattr(member, "pk", None)) is not None:
            return int(pk)
    session = getattr(request, "session", None)
    kept = getattr(session, "_session_cache", None) or {}
    return int(kept[SESSION_KEY]) if str(kept.get(SESSION_KEY, "")).isdigit() else None


def _from_where(request: HttpRequest) -> tuple[str | None, int | None]:
    """The address and the port of who asks, as the proxy in front says (docs/operations.md)."""
    said = "HTTP_X_CLIENT_PORT" if settings.ALLAUTH_TRUSTED_PROXY_COUNT else "REMOTE_PORT"
    port = request.META.get(said, "")
    is_one = port.isascii() and port.isdigit() and len(port) < 6
    return asked_from(request) or None, int(port) if is_one else None
