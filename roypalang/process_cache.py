"""What a process keeps for a minute, and forgets at once when any process of this machine clears it.

Django's cache in memory is each process's own: cleared in one, the others keep what a moderator has
just hidden. Here every entry bears the stamp it was asked for under, a file's time that `clear()` moves;
to look at it costs a microsecond and no query. Where processes run on several machines, those of the
others know within a second by a number in Redis; without that they keep an entry until its timeout.

What goes into a page that is kept (`roypalang.kept_pages`) may not be a minute old: it stands under a name of its own,
is taken only if nothing was written since, and brings along until when it is true.
"""

import logging
import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.utils import timezone

from forums.base.reading_from import replica_read_from
from forums.text.noted import noted_now, true_until
from roypalang.measuring import looked_into
from roypalang.redis_cache import forgotten_elsewhere

log = logging.getLogger(__name__)


class ProcessCache(LocMemCache):
    """OPTIONS must name the file: {"STAMP": Path}, and where there is one, Redis. Of Django's cache it has get, set,
    delete and clear."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._stamp_file = Path(params["OPTIONS"]["STAMP"])
        url = params["OPTIONS"].get("REDIS_URL")
        self._elsewhere = forgotten_elsewhere(url) if url else None
        self._missed: dict[str, tuple[Any, bool]] = {}  # the stamp; is a replica asked instead?

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        key, stamp = self._named(key)
        entry = super().get(key, None, version)
        found = entry is not None and entry[0] == stamp
        found = found and (entry[2] is None or entry[2] > timezone.now())
        looked_into("process", found=found)
        if found:
            if entry[2] is not None:
                true_until(entry[2])
            return entry[1]
        if len(self._missed) > 100:  # asked for and never set: somebody's mistake, not to be kept
            self._missed.clear()
        self._missed[key] = stamp, replica_read_from() is not None
        return default

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        key, stamp = self._named(key)
        noted = noted_now()
        # The stamp of when it was asked for: what was read before a moderator's act is of before it.
        stamp, of_replica = self._missed.pop(key, (stamp, False))
        if of_replica and self.just_forgotten():
            return
        entry = (stamp, value, noted.until if noted else None)
        super().set(key, entry, timeout, version)

    def _named(self, key: str) -> tuple[str, Any]:
        """The name it stands under, and what it must bear to be taken."""
        noted = noted_now()
        return (
            (key, self._stamp()) if noted is None else (f"{key}:kept", (self._stamp(), noted.stamp))
        )

    def clear(self) -> None:
        super().clear()
        try:
            self._stamp_file.parent.mkdir(parents=True, exist_ok=True)
            self._stamp_file.touch()
            now = time.time_ns()  # touch alone is as fine as the kernel's clock, some milliseconds
            os.utime(self._stamp_file, ns=(now, now))
        except OSError:
            log.exception("Other processes keep what was hidden until its minute is over.")
        if self._elsewhere and not self._elsewhere.move():
            log.error("Other machines keep what was hidden until its minute is over.")

    def just_forgotten(self) -> bool:
        """So lately that a replica may still show what is to be forgotten: for seconds no page is read from one."""
        ago = time.time() - self._touched_at() / 1e9
        if self._elsewhere:
            ago = min(ago, time.monotonic() - self._elsewhere.moved_at)
        return ago < settings.FORUMS_REPLICA_BEHIND + 2

    def _stamp(self) -> tuple[int, bytes | None]:
        return self._touched_at(), self._elsewhere.number() if self._elsewhere else None

    def _touched_at(self) -> int:
        try:
            return os.stat(self._stamp_file).st_mtime_ns
        except OSError:
            return 0
