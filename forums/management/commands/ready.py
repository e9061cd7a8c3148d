"""`manage.py ready`: says what keeps the site from serving, and what else is not in order; ends with 1 if anything is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from forums.vitals.readiness import hindrances, worries


class Command(BaseCommand):
    help = "Say what is amiss with the site: database, migrations, pictures' folder, disks, worker."
    requires_system_checks = []  # they ask the database, which may be what is away

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if found := hindrances() or worries():
            raise CommandError("\n".join(f"{fault.name}: {fault.words}" for fault in found))
        self.stdout.write("All is in order.")
