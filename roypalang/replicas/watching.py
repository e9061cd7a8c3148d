"""How far each replica is: a thread of this process asks it, so no page waits to learn that one is gone."""

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

from roypalang.databases import REPLICA

logger = logging.getLogger(__name__)

EVERY = 1.0  # seconds
SILENT = 4.0  # without an answer, and it is not asked by pages any more
_REMEMBERED = 120  # places in the log, so as many seconds
# Both as numbers. What is written, not what is on its way: a replica can have no more than that.
_WRITTEN = "SELECT pg_current_wal_lsn() - '0/0'"
_TAKEN_IN = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() - '0/0' END"


_NOT_ASKED = "it was not asked yet"


@dataclass(slots=True)
class WatchedReplica:
    """What is known of one. Times are of this process's clock, which only goes forward."""

    alias: str
    position: int = 0  # how much of the log it has taken in
    true_at: float = float("-inf")  # it has all that was written by then
    answered_at: float = float("-inf")
    left_out_at: float = float("-inf")
    why: str = _NOT_ASKED

    @property
    def place(self) -> str:
        """Where it is, for whoever keeps the machine."""
        said = connections.settings[self.alias]
        return f"{said['HOST'] or 'localhost'}:{said['PORT'] or 5432}"

    def behind(self, now: float) -> float:
        """Seconds it is behind at most."""
        return now - self.true_at

    def may_be_read(self, now: float) -> bool:
        return (
            self.left_out_at < self.answered_at
            and now - self.answered_at < SILENT
            and self.behind(now) < settings.FORUMS_REPLICA_BEHIND + EVERY
        )


class ReplicaWatch:
    """Asks each replica every second how far it is, and the server that is written to how far that was just before.

    So neither clock of theirs is believed, nor what a replica says of itself: one that was cut off thinks it has all.
    """

    def __init__(self, aliases: list[str]) -> None:
        self.replicas = [WatchedReplica(alias) for alias in aliases]
        self._beginning = threading.Lock()
        self._threads: dict[str, threading.Thread] = {}
        self._end = threading.Event()

    def begin(self) -> None:
        """With every request: threads do not outlive a fork, nor what nobody thought of."""
        if all(self._is_watched(replica) for replica in self.replicas):
            return
        with self._beginning:
            self._end.clear()
            for replica in self.replicas:
                if not self._is_watched(replica):
                    thread = threading.Thread(target=self._watch, args=(replica,), daemon=True)
                    self._threads[replica.alias] = thread
                    thread.start()

    def _is_watched(self, replica: WatchedReplica) -> bool:
        thread = self._threads.get(replica.alias)
        return thread is not None and thread.is_alive()

    def end(self) -> None:
        """For tests: nothing is asked any more, and no connection is left."""
        self._end.set()
        for thread in self._threads.values():
            thread.join()

    def usable(self) -> list[WatchedReplica]:
        """Those that pages may be read from now."""
        now = time.monotonic()
        return [each for each in self.replicas if each.may_be_read(now)]

    def left_out(self) -> list[WatchedReplica]:
        """Those that may not, for whoever keeps the machine; a process that has only just begun asks them first."""
        self.begin()
        end = time.monotonic() + 2 * EVERY
        while time.monotonic() < end and any(each.why == _NOT_ASKED for each in self.replicas):
            time.sleep(0.05)
        now = time.monotonic()
        return [each for each in self.replicas if not each.may_be_read(now)]

    def leave_out(self, alias: str, why: str) -> None:
        """A page found it gone: until it has answered again nobody asks it."""
        for each in self.replicas:
            if each.alias == alias:
                each.left_out_at, each.why = time.monotonic(), why

    def _watch(self, replica: WatchedReplica) -> None:
        written: deque[tuple[float, int]] = deque(maxlen=_REMEMBERED)
        said = True
        try:
            while not self._end.is_set():
                look(replica, written)
                if (fine := replica.may_be_read(time.monotonic())) != said:
                    if fine:
                        logger.warning("The replica %s is read from again", replica.place)
                    else:
                        logger.warning("The replica %s is left out: %s", replica.place, replica.why)
                    said = fine
                self._end.wait(EVERY)
        finally:
            for alias in (DEFAULT_DB_ALIAS, replica.alias):
                connections[alias].close()


def look(replica: WatchedReplica, written: deque[tuple[float, int]]) -> None:
    """Ask once, and note it."""
    asked_at = time.monotonic()
    try:
        written.append((asked_at, int(_one(DEFAULT_DB_ALIAS, _WRITTEN))))
    except Error:
        return  # without it no page is served anyway
    try:
        position = _one(replica.alias, _TAKEN_IN)
    except Error as error:
        replica.why = str(error).partition("\n")[0] or type(error).__name__
        return
    if position is None:
        replica.why = "it is no replica any more, or has nothing yet"
        return
    replica.position = int(position)
    replica.true_at = max(
        (at for at, lsn in written if lsn <= replica.position), default=float("-inf")
    )
    replica.why = "it is too far behind"
    replica.answered_at = time.monotonic()


def _one(alias: str, statement: str) -> Any:
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0]
    except Error:
        connection.close()
        raise


watch = ReplicaWatch(sorted(name for name in settings.DATABASES if name.startswith(REPLICA)))
