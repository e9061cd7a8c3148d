"""Where the processes of one gunicorn count together: a folder of files, each process's own, and one of all that ended.

prometheus_client keeps what a dead process had counted for ever, each in files of its own: after some hundred deploys a
look at the metrics would read hundreds. Here the master (`roypalang/gunicorn.py`) adds them up when one ends. Nobody looks
in between, or what is counted would seem to fall, and a rate to leap.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name for it
_SUMS = (
    "counter",
    "histogram",
)  # what is added up; of what goes on just now, the dead have no share


@contextmanager
def held(folder: str, *, alone: bool = False) -> Iterator[None]:
    """While files are read; `alone`, while they are changed otherwise than by counting on."""
    with open(Path(folder, "lock"), "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


def fold(pid: int) -> None:
    """Add what a process that ended had counted to the file of all that ended."""
    if not (folder := os.environ.get(FOLDER)):
        return
    from prometheus_client.multiprocess import mark_process_dead

    with held(folder, alone=True):
        mark_process_dead(pid)
        for kind in _SUMS:
            own = Path(folder, f"{kind}_{pid}.db")
            if own.exists():
                _add(own, Path(folder, f"{kind}_ended.db"))
                own.unlink()


def _add(own: Path, ended: Path) -> None:
    from prometheus_client.mmap_dict import MmapedDict

    try:
        counted = list(MmapedDict.read_all_values_from_file(str(own)))
    except (RuntimeError, ValueError):  # killed while it wrote a name
        return
    together = MmapedDict(str(ended))
    try:
        for key, value, *_where in counted:
            together.write_value(key, together.read_value(key)[0] + value, 0.0)
    finally:
        together.close()
