"""Where the files of pictures lie, and how a text names one.

Under MEDIA_ROOT: pictures/<first two letters>/<id>/<width>.webp. A folder ending in `.part` was being
written when the power went; nothing refers to it.
"""

import os
import re
import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from forums.pictures.models import Attachment
from roypalang.pictures import Encoded


def folder(pk: UUID) -> Path:
    """Where the files of a picture lie."""
    return Path(settings.MEDIA_ROOT, "pictures", str(pk)[:2], str(pk))


def picture_file(picture: Attachment, size: int) -> Path:
    """The file of `picture` that is `size` pixels wide; `size` is one of its `sizes`."""
    return folder(picture.pk) / f"{size}.webp"


def write_files(pk: UUID, made: Encoded) -> None:
    """Put all files in their place, or none: first beside it, then renamed in one step."""
    place = folder(pk)
    part = place.with_name(place.name + ".part")
    try:
        part.mkdir(parents=True)
        for width, data in made.files.items():
            with open(part / f"{width}.webp", "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        part.rename(place)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def markdown(picture: Attachment) -> str:
    """What a text says to show `picture`: its description in brackets, its caption in quotes."""
    alt = re.sub(r"([\\\[\]`*_<>])", r"\\\1", picture.alt)
    caption = re.sub(r'([\\"])', r"\\\1", picture.caption)
    return f"![{alt}]({picture.address}" + (f' "{caption}")' if caption else ")")
