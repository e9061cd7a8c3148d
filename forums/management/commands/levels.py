"""`manage.py levels`: raises everyone who has what the next level asks for, in lots; safe at any time, and stopped, it is run again."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, no_translations
from django.utils import timezone

from forums.moderation.trust.actions import raise_some


class Command(BaseCommand):
    help = (
        "Raise the trust level of everyone who has what the next one asks for. `deliver` does the same every hour "
        "for those who were here lately."
    )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        now, risen = timezone.now(), 0
        after: int | None = 0
        while after is not None:
            after, more = raise_some(after=after, since=datetime(2000, 1, 1, tzinfo=UTC), now=now)
            risen += more
        self.stdout.write(f"{risen} members have risen.")
