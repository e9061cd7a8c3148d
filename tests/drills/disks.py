"""Small disks, and how they are filled up."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

FULL = "full"


@contextlib.contextmanager
def small_disk(place: Path, *, size: str) -> Iterator[None]:
    """A disk of its own at this place while the block runs; only root may."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "none", str(place)]
    subprocess.run(mount, check=True)  # noqa: S603
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S603, S607


def fill(place: Path) -> None:
    """Write until there is no room."""
    with contextlib.suppress(OSError), (place / FULL).open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1 << 12))
