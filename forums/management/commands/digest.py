"""`manage.py digest`: writes the digests of the day and sends them, with a bar; stopped, it goes on when it is run again."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.utils import timezone

from accounts.models import Member
from forums.management.progress import Progress
from forums.notifications.actions import ServerAway, deliver
from forums.notifications.models import Email
from forums.notifications.registry import DIGEST
from forums.reading.digest.actions import due_day, write_some
from forums.text.dates import BANGKOK

SENT = 200  # between two looks at how many are left


class Command(BaseCommand):
    help = (
        "Write the digests of today, from 17.00 in Bangkok on, and send them; `deliver` does the same by "
        "itself. Safe at any time: nobody gets two a day, and started again it goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", action="store_true", help="though it is not 17.00 yet")
        parser.add_argument("--only-write", action="store_true", help="leave them to `deliver`")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        day = now.astimezone(BANGKOK).date() if options["now"] else due_day(now)
        if day is None:
            self.stdout.write("Digests are due from 17.00 to 23.00 in Bangkok.")
            return
        self._write(day)
        if not options["only_write"]:
            self._send(day)

    def _write(self, day: date) -> None:
        last = Member.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with Progress(self.stderr, total=last, unit="members", title="written ") as progress:
            while (run := write_some(day)).done_at is None:
                progress.reach(min(run.after, last), run.after)

    def _send(self, day: date) -> None:
        """Until none is left that is due; others that are due go out between them."""
        total = left = _waiting(day)
        with Progress(self.stderr, total=total, unit="digests", title="sent ") as progress:
            while left:
                try:
                    deliver(SENT)
                except ServerAway as error:
                    raise CommandError(f"The mail server takes nothing: {error}") from error
                before, left = left, _waiting(day)
                if left == before:
                    break
                progress.reach(total - left, total - left)
        self.stdout.write(f"{total - left:,} of {total:,} are done with.")


def _waiting(day: date) -> int:
    """How many of that day are neither sent nor dropped, and were not tried."""
    hers = Email.objects.filter(key__startswith=f"{DIGEST}-{day:%Y%m%d}:", tries=0)
    return hers.filter(sent_at=None, dropped_at=None).count()
