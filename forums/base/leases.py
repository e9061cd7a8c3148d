"""Work that takes minutes, and is one worker's at a time.

Not one transaction: a row says how far its work is, noted with each piece. It is taken for a while, taken anew with each piece, and
so whoever comes after a worker that was killed goes on behind the last piece that was noted.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from forums.base.database import is_away

logger = logging.getLogger(__name__)

TROUBLE = timedelta(minutes=10)  # after a failure the next try waits
type Stop = Callable[[], bool]


class Stopped(Exception):
    """The worker is to end."""


@dataclass(frozen=True, slots=True)
class LeasedWork[Row: Model]:
    """`waiting`: the rows whose work is to be done, first come first; `kept`: their columns that say how far it is; `lease`: for how
    long a piece of it may take. A row is held in its `busy_until`.
    """

    waiting: Callable[[], QuerySet[Row]]
    kept: Sequence[str]
    lease: timedelta

    def carry_on(self, work: Callable[[Row, Stop], bool], stop: Stop) -> int:
        """Do `work` until no row waits, or `stop` says so; returns how many were finished. What fails is left for TROUBLE."""
        done = 0
        while not stop() and (row := self._take()) is not None:
            try:
                done += work(row, stop)
            except Stopped:
                self.note(row, busy_for=None)
                break
            except Exception as error:
                if is_away(error):
                    raise
                logger.exception("%s %s could not go on", row._meta.object_name, row.pk)
                self.note(row, busy_for=TROUBLE)
        return done

    def note(self, row: Row, *, busy_for: timedelta | None) -> None:
        """Keep how far it is, and hold it so much longer (None: whoever comes may go on)."""
        until = None if busy_for is None else timezone.now() + busy_for
        how_far: dict[str, Any] = {name: getattr(row, name) for name in self.kept}
        self.waiting().filter(pk=row.pk).update(**how_far, busy_until=until)

    def went_on(self, row: Row) -> None:
        """A piece was done."""
        self.note(row, busy_for=self.lease)

    @transaction.atomic
    def _take(self) -> Row | None:
        """The next one that no other worker has, ours for a while."""
        now = timezone.now()
        free = self.waiting().filter(Q(busy_until=None) | Q(busy_until__lt=now))
        row = free.select_for_update(skip_locked=True, of=("self",)).first()
        if row is not None:
            self.went_on(row)
        return row
