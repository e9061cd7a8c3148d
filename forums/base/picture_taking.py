"""One way in for pictures: of texts, of members, of networks. Each costs up to a second of the machine."""

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from forums.base.errors import (
    BadPicture,
    NoRoom,
    PicturesAway,
    PicturesTooFast,
    PictureTooLarge,
    TooManyPictures,
)
from forums.base.rate_limits import hold_pace
from roypalang.picture_store import StoreAway, picture_store
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
def stored(files: Mapping[str, bytes]) -> Iterator[None]:
    """Keep the files of a picture, by their paths, while the block writes the row; where that fails they go again.

    They are whole before the row is, so a row always has its files. Raises NoRoom or PicturesAway.
    """
    try:
        picture_store().put(files)
    except StoreAway as error:
        raise PicturesAway from error  # the store has said so, once
    except OSError as error:
        log.error("A picture could not be written: %s", error)
        raise NoRoom from error
    try:
        yield
    except BaseException:
        forget(files)
        raise


def forget(paths: Iterable[str]) -> None:
    """Delete the files of pictures no row speaks of any more, so nobody is shown them either way."""
    try:
        picture_store().drop(paths)
    except OSError as error:
        log.error("Pictures were not deleted; `manage.py pictures --sweep` will: %s", error)


def in_places(places: Mapping[str, int], made: Encoded) -> dict[str, bytes]:
    """The file for each place, which wants that width; one smaller than that stands in for it."""
    return {
        place: made.files[min((w for w in made.files if w >= size), default=max(made.files))]
        for place, size in places.items()
    }
