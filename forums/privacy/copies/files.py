"""The files of copies: under COPIES_ROOT a folder each while it is written, a ZIP when it is done."""

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

AT_ONCE = 100  # files packed between two looks whether to stop


def folder(key: UUID) -> Path:
    """Where its parts lie while it is written."""
    return Path(settings.COPIES_ROOT, f"{key}.part")


def packed(key: UUID) -> Path:
    """The file she gets."""
    return Path(settings.COPIES_ROOT, f"{key}.zip")


def forget(key: UUID) -> None:
    """Delete all of it."""
    packed(key).unlink(missing_ok=True)
    shutil.rmtree(folder(key), ignore_errors=True)


def add_rows(path: Path, rows: Iterable[dict[str, Any]], *, size: int, ends: bool = False) -> int:
    """Write rows behind the first `size` bytes of a JSON list; what else stood there goes. Returns its new size.

    A row at a time: however many there are, one is in the memory.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with open(path, "r+b") as file:
        file.truncate(size)
        file.seek(size)
        if not size:
            file.write(b"[")
        first = size <= 1
        for row in rows:
            text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
            file.write((b"\n" if first else b",\n") + text.encode())
            first = False
        if ends:
            file.write(b"\n]\n")
        return file.tell()


def pack(key: UUID, pictures: Iterable[tuple[str, bytes]], going_on: Callable[[], None]) -> int:
    """Put the parts and the pictures (name, bytes) into one ZIP and return its bytes; the parts are gone then.

    `going_on` is called from time to time, and may stop it by raising. Begun anew, it begins at the beginning.
    """
    made = packed(key)
    part = made.with_suffix(".zip.part")
    with ZipFile(part, "w") as file:
        for each in sorted(folder(key).iterdir()):
            file.write(each, each.name, ZIP_DEFLATED)
            going_on()
        for count, (name, data) in enumerate(pictures):
            file.writestr(name, data, ZIP_STORED)
            if count % AT_ONCE == 0:
                going_on()
    part.rename(made)
    shutil.rmtree(folder(key))
    return made.stat().st_size
