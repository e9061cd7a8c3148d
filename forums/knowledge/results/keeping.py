"""The files of rounds that were asked for last, kept by the process: one takes a second and more of the processor to make,
and whoever asks for it in a loop would have the site make nothing else."""

import threading
from collections.abc import Callable, Hashable

from django.utils.translation import gettext_lazy as _

from forums.base.errors import ForumError
from roypalang.pictures import BusyWithPictures, in_turn

MOST = 4  # 5 MB where ten thousand answered two hundred statements
SECONDS = 10  # waiting for a turn
# One is made at a time in each process, and one more may wait: the other threads are for who reads.
_turn = threading.Lock()
_places = threading.BoundedSemaphore(2)
_files: dict[Hashable, bytes] = {}


class BusyPacking(ForumError):
    status = 503
    message = _("Somebody else is just getting such a file. Try again in a minute.")


def kept(key: Hashable, make: Callable[[], bytes]) -> bytes:
    """The file of this key, made if it is not there. Raises BusyPacking."""
    if file := _files.get(key):
        return file
    try:
        with in_turn(_turn, _places, seconds=SECONDS):
            if key not in _files:
                made = make()
                while len(_files) >= MOST:
                    del _files[next(iter(_files))]
                _files[key] = made
            return _files[key]
    except BusyWithPictures as error:
        raise BusyPacking from error
