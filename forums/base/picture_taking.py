"""One way in for pictures: of texts, of members, of networks. Each costs up to a second of the machine."""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from forums.base.errors import (
    BadPicture,
    NoRoom,
    PicturesTooFast,
    PictureTooLarge,
    TooManyPictures,
)
from forums.base.rate_limits import hold_pace
from roypalang.pictures import BusyWithPictures, Encoded, OversizedPicture, PictureError, encode

if TYPE_CHECKING:
    from accounts.models import Member

log = logging.getLogger(__name__)
_at_work: set[int] = set()  # members one of whose pictures this process is working on
_guard = threading.Lock()


def encoded(
    file: IO[bytes], *, member: "Member", pace: str, widths: tuple[int, ...], square: bool = False
) -> Encoded:
    """What becomes of a member's picture; never inside a transaction (`roypalang.pictures.encode`).

    Tries count, also those that fail, before any work is done: a broken picture costs as much as a good one.
    A second picture of hers waits for no turn, so that she never holds more than one thread.

    Raises PicturesTooFast, TooManyPictures, PictureTooLarge or BadPicture.
    """
    with _guard:
        if member.pk in _at_work:
            raise TooManyPictures
        _at_work.add(member.pk)
    try:
        hold_pace(member, pace, error=PicturesTooFast, everyone=True)
        return encode(file, widths=widths, square=square)
    except OversizedPicture as error:
        raise PictureTooLarge from error
    except BusyWithPictures as error:
        raise TooManyPictures from error
    except PictureError as error:
        raise BadPicture from error
    finally:
        with _guard:
            _at_work.discard(member.pk)


@contextmanager
def room() -> Iterator[None]:
    """Raise NoRoom where what is written in the block does not fit the disk."""
    try:
        yield
    except OSError as error:
        log.error("A picture could not be written: %s", error)
        raise NoRoom from error


def store(places: Mapping[str, int], made: Encoded) -> None:
    """Write a picture to each of these places under MEDIA_ROOT, in that width. Raises NoRoom."""
    with room():
        for place, size in places.items():
            # A picture smaller than a size stands in for it: each address must have its file.
            width = min((w for w in made.files if w >= size), default=max(made.files))
            default_storage.save(place, ContentFile(made.files[width]))
