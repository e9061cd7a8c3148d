"""A backup is made: pictures, one moment of the database, pictures since; then the list, by which it is one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from forums.management.backups import manifest, pictures, postgres, sums
from forums.management.backups.errors import BackupError, in_words
from forums.management.backups.folders import backups_in, forget, growing, scratch
from forums.management.backups.sealing import Seal
from roypalang.picture_store import PictureFolder, PictureStore

DATABASE = "database"
SETTINGS = "settings.env"
TRIES = (
    5  # to find a moment at which every row's picture is taken: somebody may change hers just then
)


@dataclass(frozen=True)
class Made:
    """What there is to say of a backup that was made."""

    path: Path
    what: manifest.Manifest
    pictures: int
    new: int
    """Pictures that were not in the backup before."""
    forgotten: list[Path]
    """Backups that were deleted, being too old."""
    nobodys: int
    """Files no row speaks of, which are in it, too."""


def make(
    folder: Path,
    *,
    connection: BaseDatabaseWrapper,
    store: PictureStore,
    settings_file: Path,
    keys: list[str],
    days: int | None,
    now: datetime,
    stream: Any,
) -> Made:
    """A new backup in `folder`, named after `now`, of this database and of the pictures in `store`.

    Those older than `days` are deleted then. Raises BackupError, and nothing half-made is left.
    """
    folder = folder.resolve()
    if isinstance(store, PictureFolder):
        media = store.root.resolve()
        if folder.is_relative_to(media) or media.is_relative_to(folder):
            raise BackupError(
                f"{folder} and the pictures ({media}) lie in each other: name another folder."
            )
    seal = Seal(keys)
    postgres.version_of("pg_dump")  # is it there? Before anything is made
    with (
        in_words(folder),
        _readable_by_us_alone(),
        growing(folder, now) as part,
        scratch() as aside,
    ):
        readable = aside if seal.keys else part  # in the clear, so never where the backups are
        taken = _begun(folder, part, seal, store)
        taken.take(stream)
        what, nobodys = _at_one_moment(connection, taken, readable / DATABASE, now, stream)
        if os.access(settings_file, os.R_OK):
            shutil.copyfile(settings_file, readable / SETTINGS)
        what.write(readable / sums.MANIFEST)
        listed = dict(sorted(taken.sums.items())) | _sealed(readable, part, seal)
        sums.write(part, sums.Sums(seal.keys, listed))
    with in_words(folder):
        forgotten = [] if days is None else forget(folder, before=now - timedelta(days=days))
    return Made(folder / part.stem, what, len(taken.sums), taken.new, forgotten, nobodys)


def _at_one_moment(
    connection: BaseDatabaseWrapper,
    taken: pictures.Collected,
    to: Path,
    now: datetime,
    stream: Any,
) -> tuple[manifest.Manifest, int]:
    """Dump the database as it is at a moment at which all its pictures are taken; says what that moment was like, and
    how many files were there that no row speaks of."""
    dumped_by = postgres.version_of("pg_dump")
    for tries_left in reversed(range(TRIES)):
        with postgres.one_moment(connection) as moment:
            needed = set(pictures.of_rows(connection.alias))
            missing = taken.take_or_miss(needed)
            if missing and tries_left:
                continue
            taken.take(stream)  # what else has come since, or was being written
            nobodys = taken.drop_deleted(needed)
            what = manifest.Manifest(
                made_at=now.isoformat(timespec="seconds"),
                site=manifest.site_version(),
                server=postgres.server_version(connection),
                pg_dump=dumped_by,
                migrations=manifest.applied(connection),
                rows=postgres.counts(connection),
                missing=missing,
            )
            with in_words(to.parent):
                postgres.dump(connection, to, moment=moment, stream=stream)
            return what, len(nobodys)
    raise AssertionError("the last try takes what there is")


def _begun(folder: Path, part: Path, seal: Seal, store: PictureStore) -> pictures.Collected:
    """Nothing taken yet; with the backup before, where its files are encrypted for the same keys."""
    before = None
    for path in backups_in(folder)[-1:]:
        try:
            found = sums.read(path)
        except BackupError:  # damaged: nothing is taken from it
            continue
        if found.keys == seal.keys:
            before = path, found
    return pictures.Collected(store, part, seal, before)


def _sealed(readable: Path, part: Path, seal: Seal) -> dict[str, str]:
    """The checksums of all that is no picture, brought into the backup; the manifest's last."""
    listed = {}
    inside = [path for name in (DATABASE, SETTINGS) for path in _files(readable / name)]
    for path in (*inside, readable / sums.MANIFEST):
        name = f"{path.relative_to(readable).as_posix()}{seal.suffix}"
        target = part / name
        if seal.keys:
            target.parent.mkdir(exist_ok=True)
            seal.put(path, target)
        listed[name] = sums.digest(target)
    return listed


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from sorted(each for each in path.rglob("*") if each.is_file())


@contextmanager
def _readable_by_us_alone() -> Iterator[None]:
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
