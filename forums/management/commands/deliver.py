"""`manage.py deliver`: makes notifications of what was told, pushes them, writes digests that are due, sends emails that are
due, computes what came of votes; with --forever it stays, goes on and keeps house."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import date, datetime
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from forums.knowledge.results.actions import carry_on as compute_results
from forums.notifications.actions import ServerAway, deliver, remind
from forums.notifications.inbox.actions import spread
from forums.notifications.push import keys
from forums.notifications.push.actions import push
from forums.privacy.copies import actions as copies
from forums.privacy.leaving import actions as leaving
from forums.reading.digest.actions import due_day, write_due
from forums.search.upkeep.actions import SortedIn, sort_in_if_due, tidy
from forums.vitals.actions import forget_parts, give_signs, note_waiting
from forums.vitals.readiness import WORKER
from roypalang.garbage import settle
from roypalang.request_ids import begin as begin_round
from roypalang.warming import warm

logger = logging.getLogger(__name__)

POLL = 3  # seconds between two looks into the outbox
BEAT = 20  # seconds between two signs of life
AWAY = 30  # seconds between two tries with a mail server that takes nothing
AN_HOUR = 60 * 60
AT_MOST = 10  # seconds that messages on their way may take when the process ends


def of_members(*, stop: Callable[[], bool] = lambda: False) -> None:
    """What members asked for of their own data: copies, and to leave."""
    copies.carry_on(stop=stop)
    leaving.carry_on(stop=stop)


class Command(BaseCommand):
    help = "Send the letters that are due (see docs/operations.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=1000, help="at most so many letters")
        parser.add_argument(
            "--forever",
            action="store_true",
            help="stay, look every few seconds, run `remind` every hour and keep the search index "
            "up to date; ends when the process that started it does",
        )
        parser.add_argument(
            "--parent",
            type=int,
            metavar="PID",
            help="with --forever: who that is, if it may be gone before this begins",
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["forever"]:
            spread()
            push()
            of_members()
            compute_results()
            write_due(timezone.now())
            give_signs({WORKER: timezone.now()})
            note_waiting(now=timezone.now())
            try:
                count = deliver(options["limit"])
            except ServerAway as error:
                raise CommandError(f"The mail server takes nothing: {error}") from error
            self.stdout.write(f"{count:,} letters sent.")
            return
        self._ends = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        self._parent: int = options["parent"] or os.getppid()
        works: dict[str, Callable[..., Any]] = {
            "privacy": of_members,
            "results of votes": compute_results,
        }
        if keys.is_on():
            works["push"] = push
        # When each part of the work came round last; one that hangs from the start is known by when that was.
        self._rounds = dict.fromkeys(["letters", *works, WORKER], timezone.now())
        self._beaten: datetime | None = None
        works[WORKER] = self._beat
        beside = [
            threading.Thread(target=self._beside, args=[work], name=name, daemon=True)
            for name, work in works.items()
        ]
        warm("mail/shell.html")
        settle()
        for thread in beside:
            thread.start()
        self._stay()
        for thread in beside:
            thread.join(AT_MOST)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._ends = True

    def _over(self) -> bool:
        """Told to end, or left alone: whoever started us is gone, and we were given another parent."""
        return self._ends or os.getppid() != self._parent

    def _stay(self) -> None:
        reminded = mail_from = -AN_HOUR * 1.0
        sorted_in: SortedIn | None = None
        digested: date | None = None  # the day whose digests are written
        place: int | None = None  # how far the index was looked through in this hour; None: all
        while not self._over():
            begin_round("letters")
            try:
                now = time.monotonic()
                if now - reminded >= AN_HOUR:
                    remind()
                    place, reminded = place or 0, now
                if place is not None:
                    place = tidy(after=place)
                sorted_in = sort_in_if_due(sorted_in, now=now)
                spread(stop=self._over)
                if due_day(timezone.now()) not in (None, digested):
                    digested = write_due(timezone.now(), stop=self._over)
                if now >= mail_from:
                    deliver(stop=self._over)
                self._rounds["letters"] = timezone.now()
                close_old_connections()
            except ServerAway as error:
                logger.warning("The mail server takes nothing: %s", error)
                mail_from = now + AWAY
            except DatabaseError as error:  # away for a while: a restart, an update
                logger.warning("The outbox cannot be read: %s", error)
                connection.close()
            self._rest()

    def _beside(self, work: Callable[..., Any]) -> None:
        """Beside all else: a push service that does not answer keeps no letter waiting, nor does a copy of 50,000 posts,
        nor the other way round."""
        name = threading.current_thread().name
        while not self._over():
            begin_round(name.replace(" ", "-"))
            try:
                work(stop=self._over)
                self._rounds[name] = timezone.now()
                close_old_connections()
            except DatabaseError as error:
                logger.warning("The work of %s waits for the database: %s", name, error)
                connection.close()
            except Exception:
                logger.exception("The work of %s failed", name)
            self._rest()
        connection.close()

    def _beat(self, *, stop: Callable[[], bool]) -> None:
        """Say that the process lives, and when each part of its work last came round (`forums.vitals`)."""
        now = timezone.now()
        if self._beaten is None:
            forget_parts(but=self._rounds)
        elif (now - self._beaten).total_seconds() < BEAT:
            return
        give_signs({**self._rounds, WORKER: now})
        note_waiting(now=now)
        self._beaten = now

    def _rest(self) -> None:
        for _second in range(POLL):
            if self._over():
                return
            time.sleep(1)
