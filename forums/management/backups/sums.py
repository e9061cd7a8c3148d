"""SHA256SUMS: the checksum of every file of a backup, as `sha256sum --check` reads it too.

Its first line says what it is and for whom it is encrypted; its last one is the manifest's, so a list that was cut short shows.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from forums.management.backups.errors import BackupError
from forums.management.progress import Progress

SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
FORM = 1  # of a backup's folder
HEAD = re.compile(r"# roypalang-backup (\d+)((?: age1\w+)*)")
LINE = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True)
class Sums:
    """What SHA256SUMS says."""

    keys: tuple[str, ...]
    of: Mapping[str, str]
    """The file's path in the backup → its checksum."""

    @property
    def manifest(self) -> str:
        """The manifest's path: the last one."""
        return list(self.of)[-1]


def digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(backup: Path, sums: Sums) -> None:
    head = " ".join((f"# roypalang-backup {FORM}", *sums.keys))
    lines = [head, *(f"{of}  {path}" for path, of in sums.of.items())]
    (backup / SUMS).write_text("\n".join(lines) + "\n")


def read(backup: Path) -> Sums:
    """Raises BackupError where the list is not whole, or of a form we do not know."""
    try:
        head, *lines = (backup / SUMS).read_text().split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"{backup / SUMS} cannot be read: {error}") from error
    known = HEAD.fullmatch(head)
    if known is None:
        raise _damaged(backup, "its first line is not ours")
    if int(known[1]) > FORM:
        raise BackupError(
            f"{backup.name} was made by a newer version of the site. Install that one, and restore with it."
        )
    if lines[-1:] != [""]:
        raise _damaged(backup, "its list is cut short")
    found: dict[str, str] = {}
    for number, line in enumerate(lines[:-1], 2):
        match = LINE.fullmatch(line)
        if match is None or _leads_out(match[2]) or match[2] in found:
            raise _damaged(backup, f"line {number} of {SUMS} is not readable")
        found[match[2]] = match[1]
    sums = Sums(tuple(known[2].split()), found)
    if not found or not sums.manifest.startswith(MANIFEST):
        raise _damaged(backup, "its list is cut short")
    return sums


def verify(backup: Path, sums: Sums, stream: object) -> None:
    """Look at every byte; writes nothing. Raises BackupError that names the first files that are not as they were."""
    sizes = {path: _size(backup / path) for path in sums.of}
    if missing := [path for path, size in sizes.items() if size is None]:
        raise _damaged(backup, _some("missing", missing))
    changed = []
    with Progress(
        stream, total=sum(size or 0 for size in sizes.values()), unit="files", title="checksums: "
    ) as progress:
        place = 0
        for count, (path, was) in enumerate(sums.of.items(), 1):
            if digest(backup / path) != was:
                changed.append(path)
            place += sizes[path] or 0
            progress.reach(place, count)
    if changed:
        raise _damaged(backup, _some("changed", changed))


def require_unchanged(backup: Path, sums: Sums, path: str) -> None:
    """One file, before it is read. Raises BackupError."""
    if not (backup / path).is_file():
        raise _damaged(backup, f"missing: {path}")
    if digest(backup / path) != sums.of[path]:
        raise _damaged(backup, f"changed: {path}")


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _some(what: str, paths: list[str]) -> str:
    more = f" and {len(paths) - 3:,} more" if len(paths) > 3 else ""
    return f"{what}: {', '.join(paths[:3])}{more}"


def _damaged(backup: Path, why: str) -> BackupError:
    return BackupError(
        f"The backup {backup.name} is damaged ({why}). Nothing was written; take another one."
    )


def _leads_out(path: str) -> bool:
    """Whether it could be written elsewhere than where it belongs."""
    return path.startswith("/") or ".." in PurePosixPath(path).parts
