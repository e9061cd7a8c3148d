"""`manage.py pictures`: is every row's picture there, and is nobody's? Carries them from a folder into a bucket, and back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.utils import timezone

from forums.management.backups.errors import BackupError, in_words
from forums.management.picture_care import carry, compare
from roypalang.picture_store import PictureFolder, PictureStore, picture_store


class Command(BaseCommand):
    help = "Compare the pictures that are kept with the rows that speak of them; or carry them (docs/several-machines.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        one = parser.add_mutually_exclusive_group()
        one.add_argument(
            "--sweep",
            action="store_true",
            help="delete the files no row speaks of, but those of yesterday and today",
        )
        one.add_argument(
            "--from",
            dest="source",
            type=Path,
            metavar="FOLDER",
            help="carry the pictures of a folder to where pictures are kept now",
        )
        one.add_argument(
            "--to", type=Path, metavar="FOLDER", help="carry all pictures into a folder"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        store = picture_store()
        try:
            with in_words(store):
                if source := options["source"]:
                    self._carry(PictureFolder(source), store)
                elif options["to"]:
                    self._carry(store, PictureFolder(options["to"]))
                else:
                    self._compare(store, sweep=options["sweep"])
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _carry(self, source: PictureStore, target: PictureStore) -> None:
        if isinstance(source, PictureFolder) and not source.root.is_dir():
            raise CommandError(f"There is no folder {source}.")
        come, count = carry(source, target, self.stderr)
        self.stdout.write(
            f"{count:,} files of pictures are in {target} as in {source}, every checksum right; {come:,} of them came now."
        )

    def _compare(self, store: PictureStore, *, sweep: bool) -> None:
        found = compare(store, timezone.now())
        nobodys = len(found.nobodys)
        if sweep and found.is_doubtful:
            raise CommandError(
                f"No row speaks of {nobodys:,} of {found.files:,} files in {store}: is this their database? Nothing was deleted."
            )
        if sweep:
            store.drop(found.nobodys)
        self.stdout.write(
            f"{found.files:,} files of pictures in {store}; {nobodys:,} no row speaks of{', deleted' if sweep and nobodys else ''}; "
            f"{len(found.missing):,} that rows speak of are missing."
        )
        if found.missing:
            raise CommandError(f"Missing: {', '.join(found.missing[:5])}")
