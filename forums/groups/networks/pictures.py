"""A network's emblem as a picture: cut square, kept in every size a bead has, served to everyone."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from accounts.models import PICTURE_SIZES
from forums.base import picture_taking
from forums.base.picture_taking import encoded, in_places

if TYPE_CHECKING:
    from accounts.models import Member


def picture_path(picture: uuid.UUID, size: int) -> str:
    """Where a network's picture lies in the store of pictures."""
    return f"networks/{picture}/{size}.webp"


@contextmanager
def stored(file: IO[bytes] | None, *, member: "Member") -> Iterator[uuid.UUID | None]:
    """Encode and keep `file` (None: no picture) while the block writes its id down; else it goes again.

    Image work takes up to seconds: never inside a transaction. Each picture has an address of its own,
    so browsers may keep it for ever. Raises NoRoom, PicturesAway, or what `encoded` raises.
    """
    if not file:
        yield None
        return
    made = encoded(file, member=member, pace="portraits", widths=PICTURE_SIZES, square=True)
    picture = uuid.uuid4()
    places = {picture_path(picture, size): size for size in PICTURE_SIZES}
    with picture_taking.stored(in_places(places, made)):
        yield picture


def forget(picture: uuid.UUID) -> None:
    """Delete its files."""
    picture_taking.forget(picture_path(picture, size) for size in PICTURE_SIZES)
