"""`manage.py backup FOLDER`: one more backup there, whole or not at all; `--check` tries whether the newest can be brought back."""

import os
import time
from argparse import ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db import DatabaseError, connection

from forums.management.backups.errors import BackupError
from forums.management.backups.making import make
from forums.management.backups.restoring import check
from roypalang.picture_store import picture_store


class Command(BaseCommand):
    help = "Back up the database, the pictures and the settings into a folder (docs/operations.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="where backups lie, each in a folder of its own"
        )
        parser.add_argument(
            "--keep",
            type=_days,
            metavar="DAYS",
            help="then delete backups that are older; without it none is",
        )
        parser.add_argument(
            "--encrypt-for",
            action="append",
            default=[],
            metavar="KEY",
            help="a public key of age (age1…); several may read it where it is given several times",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="make none: bring the newest into a database of its own, compare, and drop it",
        )
        parser.add_argument(
            "--key", type=Path, metavar="FILE", help="with --check: the private key"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            if options["check"]:
                self._check(options["folder"], options["key"], started)
            else:
                self._make(options, started)
        except (BackupError, DatabaseError) as error:
            raise CommandError(str(error).strip()) from error

    def _make(self, options: dict[str, Any], started: float) -> None:
        made = make(
            options["folder"],
            connection=connection,
            store=picture_store(),
            settings_file=Path(os.environ.get("ROYPALANG_ENV_FILE") or "/etc/roypalang.env"),
            keys=options["encrypt_for"],
            days=options["keep"],
            now=datetime.now(UTC),
            stream=self.stderr,
        )
        if missing := made.what.missing:
            self.stderr.write(
                f"Rows speak of pictures that are not there: {len(missing):,}, {missing[0]} first."
            )
        if made.nobodys:
            self.stderr.write(
                f"No row speaks of {made.nobodys:,} files of pictures; to delete those of before yesterday: "
                "manage.py pictures --sweep"
            )
        for path in made.forgotten:
            self.stderr.write(f"Deleted, being older than {options['keep']} days: {path.name}")
        self.stderr.write(
            f"{made.what.total:,} rows in {len(made.what.rows)} tables, {made.pictures:,} files of pictures ({made.new:,} new), "
            f"{time.monotonic() - started:,.0f} s."
        )
        self.stdout.write(str(made.path))  # for whoever carries it elsewhere

    def _check(self, folder: Path, key: Path | None, started: float) -> None:
        tried = check(folder, connection=connection, key_file=key, stream=self.stderr)
        self.stdout.write(
            f"{tried.path.name} can be brought back: {tried.what.total:,} rows in "
            f"{len(tried.what.rows)} tables as they were, {tried.pictures:,} files of pictures, every checksum right. "
            f"{time.monotonic() - started:,.0f} s."
        )


def _days(typed: str) -> int:
    if not typed.isdecimal() or int(typed) < 1:
        raise ArgumentTypeError(f"“{typed}” is no number of days, 1 or more")
    return int(typed)
