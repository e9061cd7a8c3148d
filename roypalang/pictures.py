"""Pictures from strangers: checked by what they are, never by their name, and always encoded anew.

What comes out is WebP made from pixels alone. Nothing of the file that came in is kept: no EXIF, no
place, no colour profile, no archive hidden behind the last pixel. The work is done in a process of
its own (`picture_worker.py`), with limits on memory and time, so that neither a decoder's bug nor a
bomb of four billion pixels can reach the site.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 12 * 1024 * 1024
# By format; "" is every other. A JPEG is decoded smaller, so a telephone's largest costs as little as 12
# megapixels; HEIF and AVIF are decoded whole, and take half of what the worker may take.
MAX_PIXELS = {
    "JPEG": 110_000_000,
    "MPO": 110_000_000,
    "HEIF": 65_000_000,
    "AVIF": 65_000_000,
    "": 50_000_000,
}
MAX_SIDE = 20_000
# What a form lets one choose. Without HEIC in it, a desktop's window would not offer an iPhone's photo.
ACCEPT = "image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic,image/heif"
SECONDS = 20  # on the clock, waiting for a turn included

log = logging.getLogger(__name__)
_WORKER = Path(__file__).with_name("picture_worker.py")
# One picture at a time in each process of the site: each may take up to a gigabyte for a moment. One more may
# wait; others are refused at once, or whoever reads would find every thread of the process waiting for pictures.
_turn = threading.Lock()
_places = threading.BoundedSemaphore(2)


UNREADABLE = _(
    "This file is not a picture we can read. A photo in JPEG, HEIC, PNG, WebP, AVIF or GIF will do, "
    "and so will a screenshot of it."
)


class PictureError(Exception):
    """A file that cannot be shown; `message` is for whoever sent it, `status` for the browser."""

    status = 400
    message: str | Promise = UNREADABLE


class UnreadablePicture(PictureError):
    """No picture of the formats we read, or a broken one."""


class OversizedPicture(PictureError):
    """Too many bytes or pixels."""

    status = 413
    message = _(
        "This picture is too large: up to 12 MB will do. Make it smaller in the photo app of the phone, "
        "or send a screenshot of it."
    )


class BusyWithPictures(PictureError):
    """Others' pictures took too long; this one was not looked at."""

    status = 503
    message = _("Many pictures are arriving just now. Please send yours again in a moment.")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as WebP: its files by width in pixels, and the size of the largest.

    `moving` says that what came in moved, and that only its first frame is here.
    """

    width: int
    height: int
    files: dict[int, bytes]
    moving: bool = False


def encode(file: IO[bytes], *, widths: tuple[int, ...], square: bool = False) -> Encoded:
    """Encode `file` as WebP in each of `widths` (pixels) that is narrower than it, and in its own width.

    A picture wider than the widest of `widths` gets that one instead of its own. `square` takes the
    square in the middle. Turned upright; of an animation the first frame; where it was
    transparent, on a ground it stands out from; in sRGB. Takes up to SECONDS: never call it inside a transaction.

    Raises UnreadablePicture, OversizedPicture or BusyWithPictures.
    """
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise OversizedPicture
    wish = {"widths": widths, "square": square, "max_pixels": MAX_PIXELS, "max_side": MAX_SIDE}
    return _encoded(_worker(data, wish))


def _worker(data: bytes, wish: dict[str, Any]) -> bytes:
    with in_turn(_turn, _places, seconds=SECONDS):
        return _in_a_process_of_its_own(data, wish)


@contextmanager
def in_turn(
    turn: threading.Lock, places: threading.BoundedSemaphore, *, seconds: float
) -> Iterator[None]:
    """Work on a picture when it is one's `turn`, for which as many wait as there are `places`, and no longer than
    `seconds`. Raises BusyWithPictures."""
    if not places.acquire(blocking=False):
        raise BusyWithPictures
    try:
        if not turn.acquire(timeout=seconds):
            raise BusyWithPictures
        try:
            yield
        finally:
            turn.release()
    finally:
        places.release()


def _in_a_process_of_its_own(data: bytes, wish: dict[str, Any]) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and the stranger's bytes only on its stdin
            [sys.executable, "-I", str(_WORKER), json.dumps(wish)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            cwd="/",
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        log.warning("A picture of %d bytes took longer than %d s.", len(data), SECONDS)
        raise UnreadablePicture from error
    if done.returncode:  # a crash, or a limit: the worker answers everything else itself
        log.warning(
            "The picture worker ended with %d on %d bytes: %s",
            done.returncode,
            len(data),
            done.stderr[-500:].decode(errors="replace"),
        )
        raise UnreadablePicture
    return done.stdout


def _encoded(answer: bytes) -> Encoded:
    line, _newline, rest = answer.partition(b"\n")
    head = json.loads(line)
    match head.get("error"):
        case "oversized":
            raise OversizedPicture
        case "unreadable":
            raise UnreadablePicture(head["why"])
    files, start = {}, 0
    for width, length in head["files"]:
        files[width] = rest[start : start + length]
        start += length
    return Encoded(head["width"], head["height"], files, moving=head["moving"])
