"""A network's emblem as a picture: cut square, kept in every size a bead has, served to everyone."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import PICTURE_SIZES
from forums.base.errors import BadPicture, ForumError, PictureTooLarge
from roypalang.pictures import BusyWithPictures, OversizedPicture, PictureError, encode


class BusyPicture(ForumError):
    status = 503
    message = BusyWithPictures.message


def picture_path(picture: uuid.UUID, size: int) -> str:
    """Where a network's picture lies under MEDIA_ROOT."""
    return f"networks/{picture}/{size}.webp"


@contextmanager
def stored(file: IO[bytes] | None) -> Iterator[uuid.UUID | None]:
    """Encode and keep `file` (None: no picture) while the block writes its id down; else it goes again.

    Image work takes up to seconds: never inside a transaction. Each picture has an address of its own,
    so browsers may keep it for ever. Raises BadPicture, PictureTooLarge or BusyPicture.
    """
    if not file:
        yield None
        return
    try:
        encoded = encode(file, widths=PICTURE_SIZES, square=True)
    except OversizedPicture as error:
        raise PictureTooLarge from error
    except BusyWithPictures as error:
        raise BusyPicture from error
    except PictureError as error:
        raise BadPicture from error
    picture = uuid.uuid4()
    try:
        for size in PICTURE_SIZES:
            # A picture smaller than a size stands in for it: each address must have its file.
            width = min((w for w in encoded.files if w >= size), default=max(encoded.files))
            default_storage.save(picture_path(picture, size), ContentFile(encoded.files[width]))
        yield picture
    except BaseException:
        forget(picture)
        raise


def forget(picture: uuid.UUID) -> None:
    """Take a picture off the disk."""
    for size in PICTURE_SIZES:
        default_storage.delete(picture_path(picture, size))
    if default_storage.exists(f"networks/{picture}"):
        default_storage.delete(f"networks/{picture}")
