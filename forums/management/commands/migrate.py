"""`manage.py migrate`, while the site serves: waits for no lock longer than a moment, and asks again."""

import time
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.core.management.base import no_translations
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.migrations import Migration
from psycopg.errors import DeadlockDetected, LockNotAvailable

PATIENCE = "2s"  # for a lock on a table: all who want to read it stand behind us while we wait
HELD_UP = (LockNotAvailable, DeadlockDetected)
PAUSES = [2] * 5 + [10] * 12  # seconds between two tries: two and a half minutes of them


class Command(migrate.Command):
    # Said by the decorator of Django's own, which an override loses.
    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        self._connection = connections[options["database"]]
        try:
            for pause in (*PAUSES, None):
                try:
                    super().handle(*args, **options)
                    return
                except OperationalError as error:
                    if pause is None or not isinstance(error.__cause__, HELD_UP):
                        raise
                    self.stderr.write(f"The site holds a table; again in {pause} seconds.")
                    time.sleep(pause)
        finally:
            self._wait_at_most("DEFAULT")

    def migration_progress_callback(
        self, action: str, migration: Migration | None = None, fake: bool = False
    ) -> None:
        """Django's, which is told of every migration before it begins."""
        if action in ("apply_start", "unapply_start") and migration is not None:
            # A concurrent index waits for who was there before it, and nobody stands behind.
            self._wait_at_most("0" if holds_nobody_up(migration) else f"'{PATIENCE}'")
        super().migration_progress_callback(action, migration, fake)

    def _wait_at_most(self, how_long: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {how_long}")


def holds_nobody_up(migration: Migration) -> bool:
    """Does it nothing but make or drop indexes beside traffic?"""
    concurrent = (AddIndexConcurrently, RemoveIndexConcurrently)
    return all(isinstance(operation, concurrent) for operation in migration.operations)
