"""The pictures that were drawn, as files: a bounded lot of them, each under its key.

Under MEDIA_ROOT: shared/<first two letters of the key>/<key>.png. They need no backup: whatever is not there is
drawn again.
"""

import logging
import os
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from forums.sharing.drawing import draw
from forums.sharing.sketches import Sketch
from roypalang.pictures import in_turn

log = logging.getLogger(__name__)

FOLDER = "shared"
# 256 folders of so many pictures of some 20 kB: 160 MB at most, however many ask for how many topics.
EACH = 32
FORGOTTEN_AFTER = timedelta(days=30)  # from when it was drawn
SECONDS = 5  # waiting for a turn
# One is drawn at a time in each process, and one more may wait: the other threads are for who reads.
_turn = threading.Lock()
_places = threading.BoundedSemaphore(2)


def kept(key: str) -> bytes | None:
    """The picture of this key, if it was drawn lately and can be read."""
    with suppress(OSError):
        return _place(key).read_bytes()
    return None


def drawn(sketch: Sketch) -> bytes:
    """Draw it, keep it, and return it. Raises BusyWithPictures."""
    with in_turn(_turn, _places, seconds=SECONDS):
        if there := kept(sketch.key):  # somebody else asked for it a moment ago
            return there
        picture = draw(sketch)
    try:
        _keep(_place(sketch.key), picture)
    except OSError as error:  # a full disk: it is drawn again next time
        log.error("A picture for sharing could not be written: %s", error)
    return picture


def forget(now: datetime) -> int:
    """Delete what was drawn long ago, most of which has another key by now; returns how many."""
    past = (now - FORGOTTEN_AFTER).timestamp()
    old = [file for file in _root().glob("*/*") if _written(file) < past]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT, FOLDER)


def _place(key: str) -> Path:
    return _root() / key[:2] / f"{key}.png"


def _keep(place: Path, picture: bytes) -> None:
    """Write it whole or not at all, in the place of the oldest of its folder where that is full."""
    place.parent.mkdir(parents=True, exist_ok=True)
    by_age = sorted(place.parent.iterdir(), key=_written)
    for file in by_age[: max(0, len(by_age) - EACH + 1)]:
        file.unlink(missing_ok=True)
    part = place.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
    try:
        part.write_bytes(picture)
        part.rename(place)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _written(file: Path) -> float:
    with suppress(FileNotFoundError):
        return file.stat().st_mtime
    return 0.0
