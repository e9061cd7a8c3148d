"""Folders of backups: their names, which is the newest, which are too old; one run at a time."""

import fcntl
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from forums.management.backups.errors import BackupError
from forums.management.backups.sums import SUMS
from roypalang.environment import VAR_DIR

NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
AS_NAME = "%Y-%m-%dT%H%M%SZ"
PART = ".part"
SCRATCH = "backup-scratch-"
A_DAY = 86_400


def backups_in(folder: Path) -> list[Path]:
    """The whole ones, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if NAME.fullmatch(path.name) and (path / SUMS).is_file()
    )


def backup_at(path: Path) -> Path:
    """The backup `path` is, or the newest of those in it. Raises BackupError where there is none."""
    if (path / SUMS).is_file():
        return path
    if found := backups_in(path):
        return found[-1]
    if not path.is_dir():
        raise BackupError(f"There is no folder {path}.")
    if path.name.endswith(PART) or NAME.fullmatch(path.name):
        raise BackupError(
            f"{path} is no whole backup: {SUMS} is missing, which is written last. Take another one."
        )
    if (path / "site.dump").is_file():
        raise BackupError(
            f"{path} was made by version 0.9 or older: bring it back with that version's deploy/restore.sh."
        )
    raise BackupError(f"{path} is no backup, and holds none.")


@contextmanager
def growing(folder: Path, now: datetime) -> Iterator[Path]:
    """A new backup's place: under another name until the block ends, gone where it fails.

    Raises BackupError where another run is at work in `folder`, or it cannot be made or written to.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"Another backup into {folder} is being made.") from None
        for left in folder.glob(f"*{PART}"):  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        name = now.astimezone(UTC).strftime(AS_NAME)
        part = folder / f"{name}{PART}"
        part.mkdir(mode=0o700)
        try:
            yield part
            os.sync()  # fifteen thousand small files: once for all of them
            part.rename(folder / name)
            _sync(folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    finally:
        os.close(lock)


def forget(folder: Path, *, before: datetime) -> list[Path]:
    """Delete the backups made before then; returns them."""
    limit = before.astimezone(UTC).strftime(AS_NAME)
    old = [path for path in backups_in(folder) if path.name < limit]
    for path in old:
        (path / SUMS).unlink()  # first: half a backup is none
        shutil.rmtree(path)
    return old


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of our own on this machine, for what is readable; nothing of it stays."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    for left in VAR_DIR.glob(f"{SCRATCH}*"):  # of a run that was killed
        if left.stat().st_mtime < time.time() - A_DAY:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=VAR_DIR) as made:
        yield Path(made)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
