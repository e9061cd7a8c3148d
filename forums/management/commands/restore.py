"""`manage.py restore BACKUP`: brings one back into an empty database and an empty store of pictures."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db import DatabaseError, connection

from forums.management.backups.errors import BackupError
from forums.management.backups.restoring import restore
from roypalang.picture_store import picture_store


class Command(BaseCommand):
    help = "Bring a backup back into an empty database, and into an empty MEDIA_ROOT or MEDIA_BUCKET (docs/operations.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path, help="a backup, or a folder of them: the newest")
        parser.add_argument("--key", type=Path, metavar="FILE", help="the private key of age")
        parser.add_argument(
            "--anew",
            action="store_true",
            help="take out first what a restore that was stopped in the middle has left",
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            done = restore(
                options["backup"],
                connection=connection,
                store=picture_store(),
                key_file=options["key"],
                anew=options["anew"],
                stream=self.stderr,
            )
        except (BackupError, DatabaseError) as error:
            raise CommandError(str(error).strip()) from error
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped, and nothing is left of it. To begin again, run the same command.",
                returncode=130,
            ) from None
        self.stdout.write(
            f"{done.path.name} is back: {done.what.total:,} rows in {len(done.what.rows)} tables and "
            f"{done.pictures:,} files of pictures, as they were; {time.monotonic() - started:,.0f} s. "
            "Everybody signs in anew."
        )
        if done.settings:
            self.stdout.write(f"The settings of then are in {done.settings}.")
