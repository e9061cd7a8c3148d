"""A backup is brought back, or tried: looked at byte by byte first, counted afterwards; taken back whole where it fails."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from forums.management.backups import manifest, pictures, postgres, sums
from forums.management.backups.errors import BackupError, in_words
from forums.management.backups.folders import backup_at, scratch
from forums.management.backups.making import DATABASE, SETTINGS
from forums.management.backups.manifest import Manifest
from forums.management.backups.sealing import SUFFIX, Opening
from roypalang.picture_store import PictureStore

REMARK = "roypalang: a restore began and has not ended"  # of the database, until it has


@dataclass(frozen=True)
class Restored:
    """What was brought back, or tried."""

    path: Path
    what: Manifest
    pictures: int
    settings: Path | None
    """The settings in the backup, if they are."""


def restore(
    place: Path,
    *,
    connection: BaseDatabaseWrapper,
    store: PictureStore,
    key_file: Path | None,
    anew: bool,
    stream: Any,
) -> Restored:
    """Bring the backup at `place` (or the newest there) into this empty database and this empty store of pictures.

    `anew`: take out first what a restore that was killed has left. Raises BackupError, and nothing is left of it.
    """
    with in_words(store), _written_by_us_read_by_our_group(), scratch() as aside:
        opening = Opening(key_file)
        found = _looked_at(place, opening, aside)
        names = {name: path for name in found.listed.of if (path := pictures.plain(name))}
        if anew and postgres.remark(connection) == REMARK:
            _take_back(connection, store, list(names.values()))
        _require_empty(connection, store, found.path)
        sums.verify(found.path, found.listed, stream)
        postgres.set_remark(connection, REMARK)
        with _all_or_nothing(connection, store, list(names.values()), found.path):
            pictures.bring(found.path, names, opening, store, stream)
            found.load(connection, stream)
            postgres.set_remark(connection, "")
    return found.said()


def check(
    place: Path, *, connection: BaseDatabaseWrapper, key_file: Path | None, stream: Any
) -> Restored:
    """Bring the newest backup there into a database of its own, compare, and drop it. Raises BackupError."""
    with in_words(place), scratch() as aside:
        found = _looked_at(place, Opening(key_file), aside)
        sums.verify(found.path, found.listed, stream)
        with database_beside(connection, f"check_{os.getpid()}") as own:
            found.load(own, stream)
            there = set(map(pictures.plain, found.listed.of))
            without = set(pictures.of_rows(own.alias)) - there - set(found.what.missing)
        if without:
            raise BackupError(
                f"{found.path.name}: rows speak of pictures that are not in it: {len(without):,}, {min(without)} first."
            )
    return found.said()


@dataclass(frozen=True)
class _Found:
    """A backup that was opened, and whose manifest is known; nothing else of it was looked at."""

    path: Path
    listed: sums.Sums
    what: Manifest
    opening: Opening
    aside: Path

    def load(self, connection: BaseDatabaseWrapper, stream: Any) -> None:
        """The database; and every table must have as many rows as it had."""
        postgres.load(connection, self._readable(), stream=stream)
        counts = postgres.counts(connection)
        unlike = [
            f"{table}: {counts.get(table, 0):,} rows, {rows:,} in the backup"
            for table, rows in self.what.rows.items()
            if counts.get(table) != rows
        ]
        if unlike:
            raise BackupError(f"Not everything came back ({'; '.join(unlike[:3])}).")

    def said(self) -> Restored:
        settings = next((n for n in self.listed.of if n.startswith(SETTINGS)), None)
        return Restored(
            path=self.path,
            what=self.what,
            pictures=sum(bool(pictures.plain(name)) for name in self.listed.of),
            settings=self.path / settings if settings else None,
        )

    def _readable(self) -> Path:
        if not self.listed.keys:
            return self.path / DATABASE
        to = self.aside / DATABASE
        to.mkdir()
        for name in self.listed.of:
            if name.startswith(f"{DATABASE}/"):
                self.opening.take(self.path / name, to / Path(name).name.removesuffix(SUFFIX))
        return to


def _looked_at(place: Path, opening: Opening, aside: Path) -> _Found:
    """The backup, if this site can bring it back. Raises BackupError."""
    path = backup_at(place)
    listed = sums.read(path)
    if listed.keys:
        opening.require()
    sums.require_unchanged(path, listed, listed.manifest)
    opening.take(path / listed.manifest, aside / sums.MANIFEST)
    what = manifest.read(aside / sums.MANIFEST)
    what.require_known()
    return _Found(path, listed, what, opening, aside)


def _require_empty(connection: BaseDatabaseWrapper, store: PictureStore, backup: Path) -> None:
    name = connection.settings_dict["NAME"]
    if postgres.remark(connection) == REMARK:
        raise BackupError(
            "A restore was stopped in the middle here. To begin anew, which takes out what it has brought: "
            f"manage.py restore {backup} --anew"
        )
    if not postgres.is_empty(connection):
        raise BackupError(
            f"The database {name} is not empty. Make a new one, and name it in DATABASE_URL."
        )
    if pictures.there(store):
        raise BackupError(f"{store} is not empty: pictures that are there are never overwritten.")


@contextmanager
def _all_or_nothing(
    connection: BaseDatabaseWrapper, store: PictureStore, paths: list[str], backup: Path
) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        try:
            _take_back(connection, store, paths)
        except (DatabaseError, OSError) as worse:
            raise BackupError(
                f"{error or 'Stopped.'} What was brought could not be taken back ({worse}). "
                f"Once that is mended: manage.py restore {backup} --anew"
            ) from error
        raise


def _take_back(connection: BaseDatabaseWrapper, store: PictureStore, paths: list[str]) -> None:
    store.drop(paths)
    store.tidy()
    postgres.make_empty(connection)
    postgres.set_remark(connection, "")


@contextmanager
def _written_by_us_read_by_our_group() -> Iterator[None]:
    """Files that the site writes and nginx, which is of its group, sends."""
    before = os.umask(0o027)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def database_beside(connection: BaseDatabaseWrapper, suffix: str) -> Iterator[BaseDatabaseWrapper]:
    """A new, empty database beside that of `connection`, gone when the block ends. Raises BackupError."""
    name = f"{connection.settings_dict['NAME']}_{suffix}"
    quoted, alias = connection.ops.quote_name(name), f"beside_{suffix}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            raise BackupError(
                "A check makes a database of its own, which this role may not. As PostgreSQL's administrator, once: "
                f"ALTER ROLE {connection.settings_dict['USER'] or 'roypalang'} CREATEDB"
            )
        cursor.execute(
            "SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()"
        )
        collate, ctype = cursor.fetchone()
        cursor.execute(
            f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE %s LC_CTYPE %s",
            [collate, ctype],
        )
    connections.settings[alias] = {**connection.settings_dict, "NAME": name}
    try:
        yield connections[alias]
    finally:
        with suppress(AttributeError):
            connections[alias].close()
            del connections[alias]
        del connections.settings[alias]
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
