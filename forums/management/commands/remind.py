"""`manage.py remind`: writes the emails that fall due by themselves, as reminders do, and sorts in what waits for it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from forums.notifications.actions import remind
from forums.search.upkeep.actions import sort_in


class Command(BaseCommand):
    help = "Write the reminders that have fallen due. Safe at any time; `deliver` sends them."

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        sort_in()  # where no `deliver --forever` does
        if failed := remind():
            raise CommandError(f"Failed: {', '.join(failed)} (see the log).")
