"""How much memory there is for a server here. Standard library only."""

import os
from collections.abc import Iterator
from pathlib import Path


def megabytes(
    *, process: Path = Path("/proc/self/cgroup"), mounted: Path = Path("/sys/fs/cgroup")
) -> int:
    """MB of this machine, or what is granted of it to a container or a service, where that is less."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min([machine, *_granted(process, mounted)]) // 2**20


def _granted(process: Path, mounted: Path) -> Iterator[int]:
    """Limits of the control groups that `process` stands in (`0::/a/b`, or `4:memory:/a/b` of their first version), from
    its own to the outermost; none where the system knows no such groups."""
    try:
        lines = process.read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _number, kinds, group = line.split(":", 2)
        if not kinds:
            root, name = mounted, "memory.max"
        elif "memory" in kinds.split(","):
            root, name = mounted / "memory", "memory.limit_in_bytes"
        else:
            continue
        own = root / group.strip("/")
        for folder in (own, *own.parents):
            if not folder.is_relative_to(root):
                break
            try:
                yield int((folder / name).read_text())
            except (OSError, ValueError):  # a container sees its own as the root; and "max"
                continue
