"""Every write to pictures: taken in, encoded anew, kept."""

import logging
import shutil
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.base.errors import BadPicture, ForumError, NotAllowed, PictureTooLarge
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.pictures.files import folder, write_files
from forums.pictures.models import PICTURE_WIDTHS, WORDS_LENGTH, Attachment
from forums.text.thai import clean_line
from roypalang.pictures import BusyWithPictures, OversizedPicture, PictureError, encode

if TYPE_CHECKING:
    from accounts.models import Member

log = logging.getLogger(__name__)


class TooManyPictures(ForumError):
    status = 503
    message = BusyWithPictures.message


class NoRoom(ForumError):
    status = 507
    message = _(
        "The picture could not be kept: there is no room for it just now. "
        "You can send your text without it, and add the picture later."
    )


def save_picture(
    *, uploader: "Member", file: IO[bytes], alt: str = "", caption: str = ""
) -> Attachment:
    """Encode `file` anew, keep it, and return the picture, which stands in no post yet.

    Not one transaction, on purpose: the image work takes up to seconds and holds no lock. The files
    are complete on disk before the row is written, so a row always has its files.

    Raises NotAllowed, TooFast, BadPicture, PictureTooLarge, TooManyPictures or NoRoom.
    """
    if not uploader.is_active:
        raise NotAllowed
    _hold_pace(uploader)  # before the work; counted again, with the lock held, when it is written
    try:
        made = encode(file, widths=PICTURE_WIDTHS)
    except OversizedPicture as error:
        raise PictureTooLarge from error
    except BusyWithPictures as error:
        raise TooManyPictures from error
    except PictureError as error:
        raise BadPicture from error
    picture = Attachment(
        uploader=uploader,
        width=made.width,
        height=made.height,
        alt=_words(alt),
        caption=_words(caption),
        bytes=sum(map(len, made.files.values())),
    )
    picture.stands_still = made.moving
    try:
        write_files(picture.pk, made)
    except OSError as error:
        log.error("A picture could not be written: %s", error)
        raise NoRoom from error
    try:
        _insert(picture)
    except BaseException:
        shutil.rmtree(folder(picture.pk), ignore_errors=True)
        raise
    return picture


@transaction.atomic(durable=True)
def _insert(picture: Attachment) -> None:
    one_at_a_time(picture.uploader)
    _hold_pace(picture.uploader)
    picture.save(force_insert=True)


def _hold_pace(uploader: "Member") -> None:
    hold_pace(uploader, "pictures", Attachment.objects.filter(uploader=uploader))


def _words(line: str) -> str:
    return clean_line(line)[:WORDS_LENGTH].strip()
