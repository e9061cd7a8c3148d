"""What a keeper does with the store of pictures: compare it with the rows, sweep it, carry it into another."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from forums.management.backups.pictures import of_rows, there
from forums.management.progress import Progress
from roypalang.picture_store import PictureStore, Stored

# A file that came so lately may be of a picture whose row is being written.
YOUNG = timedelta(days=1)
# Where ours lie. What else somebody keeps beside them is not ours to delete, as no row ever spoke of it.
_OURS = re.compile(r"(members|networks|pictures/[^/]+)/[^/]+/\d+\.webp")
MANY = 100  # files: from here on, that most of them are nobody's is taken for a mistake


@dataclass(frozen=True)
class Compared:
    """The store beside the rows."""

    files: int
    missing: list[str]
    """What rows speak of and is not there."""
    nobodys: list[str]
    """What is there since before yesterday and no row speaks of."""

    @property
    def is_doubtful(self) -> bool:
        """It looks as if these were not the rows of this store."""
        return len(self.nobodys) >= MANY and len(self.nobodys) * 2 > self.files


def compare(store: PictureStore, now: datetime) -> Compared:
    """First what is there, then what rows speak of: so nothing that came meanwhile looks like nobody's."""
    found = there(store)
    needed = set(of_rows("default"))
    young = int((now - YOUNG).timestamp() * 1_000_000_000)
    return Compared(
        len(found),
        sorted(path for path in needed - found.keys() if not _is_there(store, path)),
        sorted(
            path
            for path in found.keys() - needed
            if found[path].changed < young and _OURS.fullmatch(path)
        ),
    )


def _is_there(store: PictureStore, path: str) -> bool:
    """Asked by its name: a list may be older than what came last."""
    try:
        store.stat(path)
    except FileNotFoundError:
        return False
    return True


def carry(source: PictureStore, target: PictureStore, stream: Any) -> tuple[int, int]:
    """Put what `target` has not, or has otherwise, into it; nothing is deleted. Returns how many files came, of how many.

    Whatever stops it, begun anew it goes on: what is there with the same checksum is not carried again.
    """
    found, already = there(source), there(target)
    total = sum(stored.size for stored in found.values())
    come = count = place = 0
    with Progress(stream, total=total, unit="pictures", title="pictures: ") as progress:
        for _picture, paths in groupby(sorted(found), lambda path: PurePosixPath(path).parent):
            lot = list(paths)
            files = {
                path: source.read(path) for path in _unlike(source, target, found, already, lot)
            }
            if files:
                target.put(files, changed=found[lot[0]].changed)
            come += len(files)
            count += len(lot)
            place += sum(found[path].size for path in lot)
            progress.reach(place, count)
    return come, count


def _unlike(
    source: PictureStore,
    target: PictureStore,
    found: dict[str, Stored],
    already: dict[str, Stored],
    paths: Iterable[str],
) -> list[str]:
    return [
        path
        for path in paths
        if path not in already
        or already[path].size != found[path].size
        or _md5(target, path, already[path]) != _md5(source, path, found[path])
    ]


def _md5(store: PictureStore, path: str, stored: Stored) -> str:
    return stored.md5 or hashlib.md5(store.read(path), usedforsecurity=False).hexdigest()
