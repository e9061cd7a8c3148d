"""The lines of a file, plain or gzip, read in pieces: neither the file nor a long line is ever held."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MAX_LINE = 1_000_000  # bytes; the longest text that can be stored, escaped, needs half of it
_PIECE = 1 << 16
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


class Unusable(Exception):
    """The file cannot be read, or cannot be read to its end; says why."""


class FileLine(NamedTuple):
    """`text` is None for a line longer than MAX_LINE, which is skipped and not kept."""

    number: int
    text: bytes | None


class FileLines:
    """Iterate over it for the lines; `size` and `place` count bytes of the file as it lies on disk."""

    def __init__(self, path: Path) -> None:
        """Raises Unusable when there is no such file to read."""
        self.path = path
        try:
            self._file = path.open("rb")
            self.size = path.stat().st_size
            self._packed = self._file.read(2) == _GZIP
            self._file.seek(0)
        except OSError as error:
            raise Unusable(error.strerror or str(error)) from error

    @property
    def place(self) -> int:
        """How many bytes have been read so far."""
        return self._file.tell()

    def close(self) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[FileLine]:
        """Raises Unusable, after the last whole line, where the file is cut off or damaged."""
        number, kept, too_long = 1, bytearray(), False
        for piece in self._pieces():
            start = 0
            while (end := piece.find(b"\n", start)) >= 0:
                too_long = too_long or len(kept) + end - start > MAX_LINE
                yield FileLine(number, None if too_long else bytes(kept) + piece[start:end])
                number, kept, too_long = number + 1, bytearray(), False
                start = end + 1
            too_long = too_long or len(kept) + len(piece) - start > MAX_LINE
            if too_long:
                kept.clear()
            else:
                kept += piece[start:]
        if kept or too_long:
            yield FileLine(number, None if too_long else bytes(kept))

    def _pieces(self) -> Iterator[bytes]:
        stream = gzip.GzipFile(fileobj=self._file) if self._packed else self._file
        try:
            # read1, not read: what could still be unpacked before the damage is not lost with it.
            piece = stream.read1(_PIECE)
            yield piece.removeprefix(_BOM)
            while piece:
                piece = stream.read1(_PIECE)
                yield piece
        except EOFError as error:
            raise Unusable("the gzip file is cut off: the rest of it is missing") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise Unusable(f"the gzip file is damaged ({error})") from error
        except OSError as error:
            raise Unusable(error.strerror or str(error)) from error
