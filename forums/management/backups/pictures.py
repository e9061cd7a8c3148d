"""Pictures: which ones rows speak of, which are there, and how they come into a backup and out of it."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from accounts.actions import picture_path as member_picture
from accounts.models import PICTURE_SIZES, Member
from forums.groups.networks.models import Network
from forums.groups.networks.pictures import picture_path as network_picture
from forums.management.backups.sealing import SUFFIX, Opening, Seal
from forums.management.backups.sums import Sums, digest
from forums.management.progress import Progress
from forums.pictures.files import picture_paths
from forums.pictures.models import Attachment
from forums.sharing.keeping import FOLDER as DRAWN_AGAIN
from roypalang.picture_store import PictureStore, Stored

FOLDER = "pictures"


def of_rows(database: str) -> Iterator[str]:
    """The path in the store of every picture a row speaks of, by a connection's alias."""
    for picture in Attachment.objects.using(database).only("width").iterator():
        yield from picture_paths(picture)
    members = Member.objects.using(database).exclude(picture=None).order_by()
    for key in filter(None, members.values_list("picture", flat=True).iterator()):
        yield from (member_picture(key, size) for size in PICTURE_SIZES)
    networks = Network.objects.using(database).exclude(picture=None).order_by()
    for key in filter(None, networks.values_list("picture", flat=True).iterator()):
        yield from (network_picture(key, size) for size in PICTURE_SIZES)


def there(store: PictureStore) -> dict[str, Stored]:
    """Every file, but those that are drawn again when they are missing."""
    return {
        path: stored for path, stored in store.walk() if PurePosixPath(path).parts[0] != DRAWN_AGAIN
    }


@dataclass
class Collected:
    """What is in one backup of the pictures in a store."""

    store: PictureStore
    backup: Path
    seal: Seal
    before: tuple[Path, Sums] | None
    """The backup before, and its list, where its files may be ours too."""
    sums: dict[str, str] = field(default_factory=dict)
    new: int = 0
    _seen: dict[str, Stored] = field(default_factory=dict)

    def take(self, stream: Any) -> None:
        """Every picture that is not in the backup yet, or has changed since it was."""
        wanted = {
            path: stored
            for path, stored in there(self.store).items()
            if self._seen.get(path) != stored
        }
        total = sum(stored.size for stored in wanted.values())
        with Progress(stream, total=total, unit="pictures", title="pictures: ") as progress:
            place = 0
            for count, (path, stored) in enumerate(wanted.items(), 1):
                # Deleted meanwhile? Whether a row needs it is asked elsewhere.
                with suppress(FileNotFoundError):
                    self._take(path, stored)
                place += stored.size
                progress.reach(place, count)

    def take_or_miss(self, needed: set[str]) -> list[str]:
        """Those of `needed` that are not in the backup yet; returns which are not in the store either."""
        missing = []
        for path in sorted(needed - self._seen.keys()):
            try:
                self._take(path, self.store.stat(path))
            except FileNotFoundError:
                missing.append(path)
        return missing

    def drop_deleted(self, needed: set[str]) -> list[str]:
        """What was deleted while we took pictures, and no row speaks of, has no business in a backup.

        Returns what no row speaks of and is there still.
        """
        nobodys = []
        for path in sorted(self._seen.keys() - needed):
            try:
                self.store.stat(path)
                nobodys.append(path)
            except FileNotFoundError:
                (self.backup / self.name(path)).unlink()
                del self.sums[self.name(path)], self._seen[path]
        return nobodys

    def name(self, path: str) -> str:
        """A picture's path in the backup."""
        return f"{FOLDER}/{path}{self.seal.suffix}"

    def _take(self, path: str, stored: Stored) -> None:
        name = self.name(path)
        target = self.backup / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not self._is_the_one_before(name, stored, target):
            # Beside it, then into its place: what is there may be the file of the backup before.
            beside = target.with_name(f"{target.name}.new")
            self.seal.write(self.store.read(path), beside)
            os.utime(beside, ns=(stored.changed, stored.changed))
            beside.replace(target)
            self.sums[name] = digest(target)
            self.new += 1
        self._seen[path] = stored

    def _is_the_one_before(self, name: str, stored: Stored, target: Path) -> bool:
        """Whether the backup before has it, and its file is ours now, too."""
        if self.before is None or name not in self.before[1].of:
            return False
        path, sums = self.before
        try:
            old = (path / name).stat()
            # An encrypted one is longer by a little that differs; a picture never changes under its name anyway.
            if old.st_mtime_ns != stored.changed or not (
                self.seal.keys or old.st_size == stored.size
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
    """The path in the store of what is called so in a backup; '' of what is no picture."""
    folder, _slash, path = name.partition("/")
    return path.removesuffix(SUFFIX) if folder == FOLDER else ""


def bring(
    backup: Path, names: Iterable[str], opening: Opening, store: PictureStore, stream: Any
) -> None:
    """Put the pictures of these names in a backup into the store, one picture with all its sizes at a time."""
    sizes = {name: (backup / name).stat().st_size for name in sorted(names)}
    with Progress(
        stream, total=sum(sizes.values()), unit="pictures", title="pictures: "
    ) as progress:
        place = count = 0
        for _picture, lot in groupby(sizes, lambda name: PurePosixPath(name).parent):
            files = list(lot)
            store.put(
                {plain(name): opening.read(backup / name) for name in files},
                changed=(backup / files[0]).stat().st_mtime_ns,
            )
            count += len(files)
            place += sum(sizes[name] for name in files)
            progress.reach(place, count)
