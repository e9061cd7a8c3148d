"""How files of a form are taken in: in memory, and no more than a picture's worth."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

from roypalang.pictures import MAX_BYTES

# A little more than the largest picture, so that one slightly too large still gets a kind answer.
MAX_BODY = MAX_BYTES + 4 * 1024 * 1024


class BoundedUploadHandler(MemoryFileUploadHandler):
    """Refuses a body that is too large before reading it, whichever address it is sent to.

    Forms are read by the CSRF check, before any view can say that it expects no file; Django's own
    handlers would write a gigabyte to the disk first. Nothing is written to disk at all.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's name for it
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Raises RequestDataTooBig, which becomes a 413."""
        if content_length > MAX_BODY:
            raise RequestDataTooBig("The body is larger than any form of this site.")
        self.activated = True
