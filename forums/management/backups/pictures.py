"""Pictures: which ones rows speak of, which lie on the disk, and how they come into a backup."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.actions import picture_path as member_picture
from accounts.models import PICTURE_SIZES, Member
from forums.groups.networks.models import Network
from forums.groups.networks.pictures import picture_path as network_picture
from forums.management.backups.sealing import SUFFIX, Seal
from forums.management.backups.sums import Sums, digest
from forums.management.progress import Progress
from forums.pictures.files import picture_file
from forums.pictures.models import Attachment
from forums.sharing.keeping import FOLDER as DRAWN_AGAIN

FOLDER = "pictures"


def of_rows(database: str) -> Iterator[str]:
    """The path under MEDIA_ROOT of every picture a row speaks of, by a connection's alias."""
    for picture in Attachment.objects.using(database).only("width").iterator():
        for size in picture.sizes:
            yield picture_file(picture, size).relative_to(settings.MEDIA_ROOT).as_posix()
    members = Member.objects.using(database).exclude(picture=None).order_by()
    for key in filter(None, members.values_list("picture", flat=True).iterator()):
        yield from (member_picture(key, size) for size in PICTURE_SIZES)
    networks = Network.objects.using(database).exclude(picture=None).order_by()
    for key in filter(None, networks.values_list("picture", flat=True).iterator()):
        yield from (network_picture(key, size) for size in PICTURE_SIZES)


def on_disk(root: Path) -> dict[str, os.stat_result]:
    """Every file below, but those being written, and those that are drawn again when they are missing."""
    found: dict[str, os.stat_result] = {}
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except FileNotFoundError:  # deleted meanwhile, or there never was a picture
            continue
        for entry in entries:
            place = Path(entry.path)
            if entry.name.endswith(".part") or place == root / DRAWN_AGAIN:
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(place)
                elif entry.is_file(follow_symlinks=False) and entry.name.isprintable():
                    found[place.relative_to(root).as_posix()] = entry.stat()
            except FileNotFoundError:
                continue
    return found


@dataclass
class Collected:
    """What is in one backup of the pictures below `root`."""

    root: Path
    backup: Path
    seal: Seal
    before: tuple[Path, Sums] | None
    """The backup before, and its list, where its files may be ours too."""
    sums: dict[str, str] = field(default_factory=dict)
    new: int = 0
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def take(self, stream: Any) -> None:
        """Every picture that is not in the backup yet, or has changed since it was."""
        wanted = {
            path: stat
            for path, stat in on_disk(self.root).items()
            if self._seen.get(path) != _key(stat)
        }
        total = sum(stat.st_size for stat in wanted.values())
        with Progress(stream, total=total, unit="pictures", title="pictures: ") as progress:
            place = 0
            for count, (path, stat) in enumerate(wanted.items(), 1):
                try:
                    self._take(path, stat)
                except FileNotFoundError:
                    continue  # deleted meanwhile; whether a row needs it is asked elsewhere
                place += stat.st_size
                progress.reach(place, count)

    def take_or_miss(self, needed: set[str]) -> list[str]:
        """Those of `needed` that are not in the backup yet; returns which are not on the disk either."""
        missing = []
        for path in sorted(needed - self._seen.keys()):
            try:
                self._take(path, (self.root / path).stat())
            except FileNotFoundError:
                missing.append(path)
        return missing

    def drop_deleted(self, needed: set[str]) -> None:
        """What was deleted while we took pictures, and no row speaks of, has no business in a backup."""
        for path in self._seen.keys() - needed:
            if not (self.root / path).exists():
                (self.backup / self.name(path)).unlink()
                del self.sums[self.name(path)]
        self._seen = {
            path: seen for path, seen in self._seen.items() if self.name(path) in self.sums
        }

    def name(self, path: str) -> str:
        """A picture's path in the backup."""
        return f"{FOLDER}/{path}{self.seal.suffix}"

    def _take(self, path: str, stat: os.stat_result) -> None:
        name = self.name(path)
        target = self.backup / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not self._is_the_one_before(name, stat, target):
            # Beside it, then into its place: what is there may be the file of the backup before.
            beside = target.with_name(f"{target.name}.new")
            self.seal.put(self.root / path, beside)
            os.utime(beside, ns=(stat.st_atime_ns, stat.st_mtime_ns))
            beside.replace(target)
            self.sums[name] = digest(target)
            self.new += 1
        self._seen[path] = _key(stat)

    def _is_the_one_before(self, name: str, stat: os.stat_result, target: Path) -> bool:
        """Whether the backup before has it, and its file is ours now, too."""
        if self.before is None or name not in self.before[1].of:
            return False
        path, sums = self.before
        try:
            there = (path / name).stat()
            # An encrypted one is longer by a little that differs; a picture never changes under its name anyway.
            if there.st_mtime_ns != stat.st_mtime_ns or not (
                self.seal.keys or there.st_size == stat.st_size
            ):
                return False
            os.link(path / name, target)
        except (
            OSError
        ):  # gone; or a disk that knows no second name for a file, or has given all it has
            return False
        self.sums[name] = sums.of[name]
        return True


def plain(name: str) -> str:
    """The path under MEDIA_ROOT of what is called so in a backup; '' of what is no picture."""
    folder, _slash, path = name.partition("/")
    return path.removesuffix(SUFFIX) if folder == FOLDER else ""


def bring_in(part: Path, root: Path) -> None:
    """Give what lies in `part`, a folder in `root`, its place: one step for each kind of picture."""
    for folder in sorted(part.iterdir()):
        folder.rename(root / folder.name)
    part.rmdir()


def take_out(root: Path, paths: list[str]) -> None:
    """Delete these pictures, and folders that are empty then."""
    for path in paths:
        place = root / path
        place.unlink(missing_ok=True)
    for folder in sorted({parent for path in paths for parent in Path(path).parents}, reverse=True):
        place = root / folder
        if place != root and place.is_dir() and not any(place.iterdir()):
            place.rmdir()


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _key(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_mtime_ns, stat.st_size
