"""Every write to pictures: taken in, encoded anew, kept."""

import shutil
from typing import IO, TYPE_CHECKING

from django.db import transaction

from forums.base.errors import NotAllowed
from forums.base.picture_taking import encoded, room
from forums.pictures.files import folder, write_files
from forums.pictures.models import PICTURE_WIDTHS, WORDS_LENGTH, Attachment
from forums.text.thai import clean_line

if TYPE_CHECKING:
    from accounts.models import Member


def save_picture(
    *, uploader: "Member", file: IO[bytes], alt: str = "", caption: str = ""
) -> Attachment:
    """Encode `file` anew, keep it, and return the picture, which stands in no post yet.

    Not one transaction, on purpose: the image work takes up to seconds and holds no lock. The files
    are complete on disk before the row is written, so a row always has its files.

    Raises NotAllowed, NoRoom, or what `encoded` raises.
    """
    if not uploader.is_active:
        raise NotAllowed
    made = encoded(file, member=uploader, pace="pictures", widths=PICTURE_WIDTHS)
    picture = Attachment(
        uploader=uploader,
        width=made.width,
        height=made.height,
        alt=_words(alt),
        caption=_words(caption),
        bytes=sum(map(len, made.files.values())),
    )
    picture.stands_still = made.moving
    with room():
        write_files(picture.pk, made)
    try:
        _insert(picture)
    except BaseException:
        shutil.rmtree(folder(picture.pk), ignore_errors=True)
        raise
    return picture


@transaction.atomic(durable=True)
def _insert(picture: Attachment) -> None:
    picture.save(force_insert=True)


def _words(line: str) -> str:
    return clean_line(line)[:WORDS_LENGTH].strip()
