"""`manage.py import_discussions FILE.jsonl[.gz] …`: docs/import.md."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db import IntegrityError

from forums.imports.actions import Result, bring_in
from forums.imports.file_lines import FileLine, FileLines, Unusable
from forums.imports.models import ImportedType
from forums.imports.records import BadLine, Record, read_record
from forums.management.progress import Progress

UNREADABLE = "other lines"


class Command(BaseCommand):
    help = "Bring in boards, members, topics and posts from files (docs/import.md has their form)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl[.gz]")
        parser.add_argument("--batch", type=int, default=500, help="lines a transaction (500)")

    @no_translations
    def handle(self, *args: Any, files: list[Path], batch: int, **options: Any) -> None:
        """Exits with 1 if lines were refused, with 2 if a file cannot be read (to its end)."""
        if not 1 <= batch <= 5000:
            raise CommandError("--batch must lie between 1 and 5000.", returncode=2)
        opened = [self._open(path) for path in files]
        self.tally: Counter[tuple[str, Result]] = Counter()
        self.count = 0  # of lines, in all files
        self.batch = batch
        total = sum(lines.size for lines in opened)
        broken = []
        with Progress(self.stderr, total=total, unit="lines") as self.progress:
            before = 0
            for lines in opened:
                try:
                    self._read(lines, before)
                except Unusable as error:
                    broken.append(f"{lines.path}:{self.line}: {error}")
                except KeyboardInterrupt:
                    self.progress.say("Stopped. What is in stays in; the same command goes on.")
                    raise
                before += lines.size
                lines.close()
        self._sum_up(self.progress.seconds)
        if broken:
            raise CommandError("\n".join(broken), returncode=2)
        if refused := sum(n for (_, result), n in self.tally.items() if result == Result.REFUSED):
            raise CommandError(f"{refused:,} lines were refused; see above.", returncode=1)

    def _open(self, path: Path) -> FileLines:
        try:
            return FileLines(path)
        except Unusable as error:
            raise CommandError(f"{path}: {error}", returncode=2) from error

    def _read(self, lines: FileLines, before: int) -> None:
        """One file; what stands before the place where it breaks comes in all the same."""
        self.line = 0
        waiting: list[tuple[int, Record]] = []
        try:
            for line in lines:
                self.line = line.number
                self.count += 1
                self._take(line, waiting, lines.path)
                if len(waiting) >= self.batch:
                    self._write(lines.path, waiting)
                    self.progress.reach(before + lines.place, self.count)
        except Unusable:
            self._write(lines.path, waiting)
            raise
        self._write(lines.path, waiting)
        self.progress.reach(before + lines.place, self.count)

    def _take(self, line: FileLine, waiting: list[tuple[int, Record]], path: Path) -> None:
        try:
            record = read_record(line)
        except BadLine as error:
            self._refuse(path, line.number, error.type or UNREADABLE, str(error))
        else:
            if record is not None:
                waiting.append((line.number, record))

    def _write(self, path: Path, waiting: list[tuple[int, Record]]) -> None:
        """Write what waits, and let it wait no more."""
        numbered = waiting[:]
        waiting.clear()
        records = [record for _, record in numbered]
        try:
            outcomes = bring_in(records)
        except IntegrityError:
            # Someone signed up with one of the handles this very moment: now it is seen as taken.
            outcomes = bring_in(records)
        for (number, record), outcome in zip(numbered, outcomes, strict=True):
            if outcome.result == Result.REFUSED:
                self._refuse(path, number, record.type, outcome.reason)
            else:
                self.tally[record.type, outcome.result] += 1

    def _refuse(self, path: Path, number: int, kind: str, reason: str) -> None:
        self.tally[kind, Result.REFUSED] += 1
        self.progress.say(f"{path}:{number}: {reason}")

    def _sum_up(self, seconds: float) -> None:
        self.stdout.write(f"{'':12}" + "".join(f"{result:>15}" for result in Result))
        for kind in [*ImportedType.values, UNREADABLE]:
            counts = [self.tally[kind, result] for result in Result]
            if kind != UNREADABLE:
                self.stdout.write(f"{kind + 's':12}" + "".join(f"{n:>15,}" for n in counts))
            elif any(counts):
                self.stdout.write(f"{kind:12}" + "".join(f"{n:>15,}" for n in counts))
        self.stdout.write(
            f"{self.count:,} lines in {seconds:,.1f} s ({self.count / seconds:,.0f} a second)"
        )
