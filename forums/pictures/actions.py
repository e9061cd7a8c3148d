"""Every write to pictures: taken in, encoded anew, kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction

from forums.base.errors import NotAllowed
from forums.base.picture_taking import encoded, forget, stored
from forums.base.published import Published, published
from forums.pictures.files import picture_path, picture_paths
from forums.pictures.models import PICTURE_WIDTHS, WORDS_LENGTH, Attachment
from forums.pictures.registry import named_in_texts
from forums.text.thai import clean_line

if TYPE_CHECKING:
    from accounts.models import Member

LOT = 500  # pictures looked at in one run


def save_picture(
    *, uploader: "Member", file: IO[bytes], alt: str = "", caption: str = ""
) -> Attachment:
    """Encode `file` anew, keep it, and return the picture, which stands in no post yet.

    Not one transaction, on purpose: the image work takes up to seconds and holds no lock. The files
    are whole before the row is written, so a row always has its files.

    Raises NotAllowed, NoRoom, PicturesAway, or what `encoded` raises.
    """
    if not uploader.is_active:
        raise NotAllowed
    looked = published(uploader, _words(alt), _words(caption))
    alt, caption = looked.texts
    made = encoded(file, member=uploader, pace="pictures", widths=PICTURE_WIDTHS)
    picture = Attachment(
        uploader=uploader,
        width=made.width,
        height=made.height,
        alt=alt,
        caption=caption,
        bytes=sum(map(len, made.files.values())),
    )
    picture.stands_still = made.moving
    with stored({picture_path(picture, size): data for size, data in made.files.items()}):
        _insert(picture, looked)
    return picture


@transaction.atomic(durable=True)
def _insert(picture: Attachment, looked: Published) -> None:
    picture.save(force_insert=True)
    looked.of("picture", picture)


def _words(line: str) -> str:
    return clean_line(line)[:WORDS_LENGTH].strip()


@transaction.atomic
def take_loose_away(now: datetime) -> int:
    """Delete pictures that have stood nowhere for FORUMS_LOOSE_PICTURES days and that no text names, with their
    files; returns how many.

    Any `LOT` of them are looked at, so that those which must stay are never in the way of the others. One that a
    text is just claiming (`claim_pictures`) is passed over; a text that claims one afterwards is told.
    """
    loose = Attachment.objects.filter(
        post=None,
        activity=None,
        ledger_line=None,
        created_at__lt=now - timedelta(days=settings.FORUMS_LOOSE_PICTURES),
    )
    found = list(loose.select_for_update(skip_locked=True, of=("self",)).order_by("?")[:LOT])
    named = named_in_texts(found)
    gone = [picture.pk for picture in found if picture.pk not in named]
    drop(gone)
    return len(gone)


def drop(pictures: Sequence[UUID]) -> None:
    """Delete pictures with their files, wherever they stood. In the caller's transaction."""
    found = Attachment.objects.filter(pk__in=pictures)
    paths = [path for picture in found.only("width") for path in picture_paths(picture)]
    found.delete()
    transaction.on_commit(lambda: forget(paths))
