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
import pickle
import time
from collections import OrderedDict
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.utils import timezone

from forums.base.reading_from import replica_read_from
from forums.text.noted import noted_now, true_until
from roypalang.measuring import looked_into
from roypalang.redis_cache import forgotten_elsewhere

log = logging.getLogger(__name__)


_UNCHANGING = (str, int)


class _Entry(NamedTuple):
    """What is kept, under which stamp, and until when: by the clock, and as what a page says."""

    stamp: Any
    value: Any
    packed: bool
    expires: float | None
    until: datetime | None


_KEPT: dict[str, OrderedDict[str, _Entry]] = {}  # by name, the least lately looked at first
_LOCK = Lock()  # Django makes a cache for every thread


class ProcessCache(BaseCache):
    """OPTIONS must name the file: {"STAMP": Path}, and where there is one, Redis. Of Django's caches it has get, set,
    delete and clear.

    What it keeps is packed, so that nobody changes it by chance. A text and a number nobody can: they are kept as they
    are, for every page asks for some.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        options = params["OPTIONS"]
        self._kept = _KEPT.setdefault(name, OrderedDict())
        self._most = options.get("MAX_ENTRIES", 300)
        self._stamp_file = Path(options["STAMP"])
        self._stamp_path = str(self._stamp_file)
        url = options.get("REDIS_URL")
        self._elsewhere = forgotten_elsewhere(url) if url else None
        self._missed: dict[str, tuple[Any, bool]] = {}  # the stamp; is a replica asked instead?

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        key, stamp = self._named(key)
        entry = self._entry(self.make_key(key, version), stamp)
        looked_into("process", found=entry is not None)
        if entry is not None:
            if entry.until is not None:
                true_until(entry.until)
            # What this very process packed.
            return pickle.loads(entry.value) if entry.packed else entry.value  # noqa: S301
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
        packed = not isinstance(value, _UNCHANGING)
        if packed:
            value = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        expires, until = self.get_backend_timeout(timeout), noted.until if noted else None
        name = self.make_key(key, version)
        with _LOCK:
            self._kept[name] = _Entry(stamp, value, packed, expires, until)
            self._kept.move_to_end(name)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def delete(self, key: str, version: int | None = None) -> bool:
        with _LOCK:
            return self._kept.pop(self.make_key(key, version), None) is not None

    def _entry(self, name: str, stamp: Any) -> _Entry | None:
        """What is kept under this name, if it may still be taken."""
        with _LOCK:
            entry = self._kept.get(name)
            if entry is None or entry.stamp != stamp:
                return None
            self._kept.move_to_end(name)
        if entry.expires is not None and entry.expires <= time.time():
            return None
        return entry if entry.until is None or entry.until > timezone.now() else None

    def _named(self, key: str) -> tuple[str, Any]:
        """The name it stands under, and what it must bear to be taken."""
        noted = noted_now()
        return (
            (key, self._stamp()) if noted is None else (f"{key}:kept", (self._stamp(), noted.stamp))
        )

    def clear(self) -> None:
        with _LOCK:
            self._kept.clear()
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
            return os.stat(self._stamp_path).st_mtime_ns
        except OSError:
            return 0
