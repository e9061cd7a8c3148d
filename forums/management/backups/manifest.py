"""manifest.json: of what a backup is, so that a restore can say beforehand whether it can be, and afterwards whether it was."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from forums.management.backups.errors import BackupError
from forums.management.backups.postgres import version_of
from roypalang.environment import BASE_DIR


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, and what made it."""

    made_at: str
    site: str
    """The version of the site."""
    server: int
    """The major version of its PostgreSQL."""
    pg_dump: int
    """Of the program that wrote database/: an older one does not read it."""
    migrations: Sequence[str]
    rows: Mapping[str, int]
    """Table → how many."""
    missing: Sequence[str]
    """Pictures that rows speak of and that were not on the disk even then."""

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n")

    def require_known(self) -> None:
        """Raises BackupError where this site or its programs are too old for it."""
        ours = site_version()
        if set(self.migrations) - _known_migrations():
            raise BackupError(
                f"The backup is of version {self.site} of the site, newer than this one ({ours}). "
                "Install that version, and restore with it."
            )
        if (own := version_of("pg_restore")) < self.pg_dump:
            raise BackupError(
                f"pg_restore is of PostgreSQL {own}, the backup was written by {self.pg_dump}: "
                f"apt install postgresql-client-{self.pg_dump}, or newer."
            )


def read(path: Path) -> Manifest:
    """Raises BackupError for one that says less than we ask."""
    try:
        told = json.loads(path.read_text())
        return Manifest(**{each.name: told[each.name] for each in fields(Manifest)})
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"The backup's manifest is not one we can read: {error!r}.") from error


def applied(connection: BaseDatabaseWrapper) -> list[str]:
    """The migrations that have run in a database."""
    return sorted(".".join(each) for each in MigrationRecorder(connection).applied_migrations())


def site_version() -> str:
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def _known_migrations() -> set[str]:
    """Of this code, those included that stand in one that was made of several."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update((app, name) for app, name in migration.replaces)
    return {".".join(each) for each in known}
