"""What is the matter, in words for whoever keeps the site."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from roypalang.picture_store import StoreAway


class BackupError(Exception):
    """A backup or a restore cannot be; says why in a line or two."""


@contextmanager
def in_words(place: object) -> Iterator[None]:
    """What the disk, or the storage, says while we write to `place`, as a BackupError."""
    try:
        yield
    except StoreAway as error:
        raise BackupError(f"The pictures cannot be reached: {error}.") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise BackupError(
                f"The disk of {place} is full. What was half written is removed; make room, and run it again."
            ) from error
        where = error.filename or place
        raise BackupError(f"{where}: {error.strerror or error}") from error
