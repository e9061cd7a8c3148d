"""`manage.py rekey`: puts secrets of second steps under the key of now, so that the one before can go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from accounts.vault import rekey

BATCH = 200


class Command(BaseCommand):
    help = "Encrypt second steps under SECRET_KEY; run it before a key leaves SECRET_KEY_FALLBACKS."

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        after: int | None = 0
        lost = 0
        while after is not None:
            after, unread = rekey(after=after, size=BATCH)
            lost += unread
        if lost:
            raise CommandError(
                f"{lost} could not be read: their key is not in SECRET_KEY_FALLBACKS. "
                "Whose they are comes in by a passkey, or by the way for lost devices."
            )
        self.stdout.write("Every second step is under the key of now.")
