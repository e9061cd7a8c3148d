"""What a process keeps for a minute, and forgets at once when any process of this machine clears it.

Django's cache in memory is each process's own: cleared in one, the others keep what a moderator has
just hidden. Here every entry bears the stamp it was asked for under, a file's time that `clear()` moves;
to look at it costs a microsecond and no query. Where processes run on several machines, those of the
others keep an entry until its timeout.
"""

import logging
import os
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

from roypalang.measuring import looked_into

log = logging.getLogger(__name__)


class ProcessCache(LocMemCache):
    """OPTIONS must name the file: {"STAMP": Path}. Of Django's cache it has get, set, delete and clear."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._stamp_file = Path(params["OPTIONS"]["STAMP"])
        self._missed: dict[str, int] = {}

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        stamp = self._stamp()
        entry = super().get(key, None, version)
        found = entry is not None and entry[0] == stamp
        looked_into("process", found=found)
        if found:
            return entry[1]
        if len(self._missed) > 100:  # asked for and never set: somebody's mistake, not to be kept
            self._missed.clear()
        self._missed[key] = stamp
        return default

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        # The stamp of when it was asked for: what was read before a moderator's act is of before it.
        stamp = self._missed.pop(key, None)
        super().set(key, (self._stamp() if stamp is None else stamp, value), timeout, version)

    def clear(self) -> None:
        super().clear()
        try:
            self._stamp_file.parent.mkdir(parents=True, exist_ok=True)
            self._stamp_file.touch()
            now = time.time_ns()  # touch alone is as fine as the kernel's clock, some milliseconds
            os.utime(self._stamp_file, ns=(now, now))
        except OSError:
            log.exception("Other processes keep what was hidden until its minute is over.")

    def _stamp(self) -> int:
        try:
            return os.stat(self._stamp_file).st_mtime_ns
        except OSError:
            return 0
