"""`manage.py read_bounces`: counts what came back of our mails (accounts/bounces), of a Maildir or of one mail on standard input."""

import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db import DatabaseError

from accounts.bounces.actions import Counted, count
from accounts.bounces.reports import BYTES, read
from accounts.bounces.return_path import found_in

TEMPORARY = 75  # EX_TEMPFAIL of sysexits.h: a mail server that pipes mails to us keeps this one, and tries again
NO_REPORT, FORGED = "no report", "no mail of ours"


class Command(BaseCommand):
    help = "Count what came back of our mails (see docs/operations.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "maildir", nargs="?", type=Path, help="where they lie; else one mail on standard input"
        )
        parser.add_argument("--limit", type=int, default=1000, help="at most so many of a Maildir")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        maildir: Path | None = options["maildir"]
        try:
            became = (
                _of_maildir(maildir, options["limit"])
                if maildir
                else Counter([_became(_of_standard_input())])
            )
        except DatabaseError as error:
            raise CommandError(
                f"The database takes nothing now: {error}", returncode=TEMPORARY
            ) from error
        said = ", ".join(f"{number:,} {what}" for what, number in sorted(became.items()))
        self.stdout.write(f"{became.total():,} mails read{said and ': '}{said}.")


def _became(raw: bytes) -> str:
    """What became of one mail: counted (“hard”), or why it was not."""
    if (report := read(raw)) is None:
        return NO_REPORT
    if (mailed := found_in(report.where)) is None:
        return FORGED
    counted = count(mailed=mailed, why=report.why)
    return report.why.value if counted is Counted.COUNTED else counted.value


def _of_standard_input() -> bytes:
    raw = sys.stdin.buffer.read(BYTES)
    while sys.stdin.buffer.read(BYTES):  # to its end, or whoever pipes it sees an error
        pass
    return raw


def _of_maildir(maildir: Path, limit: int) -> Counter[str]:
    """The new mails of a Maildir. Reports that were read are deleted, for they name people; all else is left for somebody
    to read, among those that have been seen."""
    became: Counter[str] = Counter()
    for path in _new(maildir, limit):
        if (raw := _bytes_of(path)) is None:
            continue
        what = _became(raw)
        became[what] += 1
        if what in (NO_REPORT, FORGED):
            (maildir / "cur").mkdir(exist_ok=True)
            path.replace(maildir / "cur" / f"{path.name}:2,S")
        else:
            path.unlink(missing_ok=True)
    return became


def _new(maildir: Path, limit: int) -> Iterator[Path]:
    """Some of what came, in any order: which comes first decides nothing."""
    if not (maildir / "new").is_dir():
        raise CommandError(f"{maildir} is no Maildir: there is no folder “new” in it.")
    with os.scandir(maildir / "new") as entries:
        names = [entry.name for _number, entry in zip(range(limit), entries, strict=False)]
    return (maildir / "new" / name for name in names)


def _bytes_of(path: Path) -> bytes | None:
    """The beginning of a mail; None of what is no file of its own, or was taken by another run."""
    try:
        with open(path, "rb", opener=_only_itself) as file:
            return file.read(BYTES) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except OSError:
        return None


def _only_itself(path: str, flags: int) -> int:
    """Follow no link, and wait for nobody who might write into a pipe."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
