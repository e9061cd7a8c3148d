"""Where pictures lie: in a folder of this machine, or in a bucket that every machine reaches.

A picture is a few files beside each other, one for each size. They come all or none, and what lies at a path never
changes: another picture has another path.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

from django.conf import settings

PART = ".part"  # a folder that was being written when the power went; nothing refers to it


class StoreAway(OSError):
    """The storage does not answer, or refuses us: what is asked of it may be asked again."""


class Stored(NamedTuple):
    """A file, as it lies there."""

    size: int
    changed: int
    """When it came, in nanoseconds."""
    md5: str = ""
    """Of what is in it, where the storage knows that by itself."""


class PictureStore(Protocol):
    """What is asked of either. Raises StoreAway, or another OSError where there is no room."""

    def put(self, files: Mapping[str, bytes], *, changed: int | None = None) -> None:
        """Keep the files of one picture, all or none, and for good once this returns. `changed`: as if they had come then."""

    def read(self, path: str) -> bytes:
        """Raises FileNotFoundError."""

    def stat(self, path: str) -> Stored:
        """Raises FileNotFoundError."""

    def walk(self) -> Iterator[tuple[str, Stored]]:
        """Every file that is whole, by its path."""

    def drop(self, paths: Iterable[str]) -> None:
        """Delete them; who is not there is gone already."""

    def tidy(self) -> None:
        """Leave nothing of pictures that are half there, or gone. Not while the site serves."""

    def inside(self, path: str, method: str) -> str:
        """What the web server in front finds it by, behind ROYPALANG_ACCEL."""

    def why_away(self) -> str:
        """Why nothing can be kept here, for whoever keeps the machine; '' where it can."""


def picture_store() -> PictureStore:
    """The one of this site."""
    if settings.MEDIA_BUCKET:
        from roypalang.bucket import bucket

        return bucket(settings.MEDIA_BUCKET)
    return PictureFolder(Path(settings.MEDIA_ROOT))


class PictureFolder:
    """Below `root`, each file at its path."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __str__(self) -> str:
        return str(self.root)

    def put(self, files: Mapping[str, bytes], *, changed: int | None = None) -> None:
        """First beside their folder, then renamed in one step."""
        place = self.root / PurePosixPath(next(iter(files))).parent
        part = place.with_name(place.name + PART)
        try:
            part.mkdir(parents=True, exist_ok=True)
            for path, data in files.items():
                with open(part / PurePosixPath(path).name, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                if changed is not None:
                    os.utime(file.name, ns=(changed, changed))
            if place.exists():  # some of its sizes are there already
                for each in part.iterdir():
                    each.replace(place / each.name)
                part.rmdir()
            else:
                part.rename(place)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def stat(self, path: str) -> Stored:
        return _stored((self.root / path).stat())

    def walk(self) -> Iterator[tuple[str, Stored]]:
        folders = [self.root]
        while folders:
            try:
                entries = list(os.scandir(folders.pop()))
            except FileNotFoundError:  # deleted meanwhile, or there never was a picture
                continue
            for entry in entries:
                if entry.name.endswith(PART):
                    continue
                place = Path(entry.path)
                with suppress(FileNotFoundError):
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(place)
                    elif entry.is_file(follow_symlinks=False) and entry.name.isprintable():
                        yield place.relative_to(self.root).as_posix(), _stored(entry.stat())

    def drop(self, paths: Iterable[str]) -> None:
        places = [self.root / path for path in paths]
        for place in places:
            place.unlink(missing_ok=True)
        for folder in {place.parent for place in places} - {self.root}:
            with suppress(OSError):  # more is in it, or it is gone
                folder.rmdir()

    def tidy(self) -> None:
        for part in list(self.root.rglob(f"*{PART}")):
            shutil.rmtree(part, ignore_errors=True)
        for folder, _folders, _files in os.walk(self.root, topdown=False):
            if folder != str(self.root):
                with suppress(OSError):
                    os.rmdir(folder)

    def inside(self, path: str, method: str) -> str:
        return path

    def why_away(self) -> str:
        """Whether it, or the nearest folder there is above it, is open to us."""
        place = self.root.absolute()
        while not place.exists():
            place = place.parent
        if place.is_dir() and os.access(place, os.W_OK | os.X_OK):
            return ""
        return f"nothing can be written to {self.root}"


def _stored(found: os.stat_result) -> Stored:
    return Stored(found.st_size, found.st_mtime_ns)
