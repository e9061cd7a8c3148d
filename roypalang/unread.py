"""A connection whose request was answered before its body was read.

A method we do not know, a form that is too large: the answer is clear from the first lines. What is left of the body
would be taken for the next request, so the server closes the connection: without a word, under a client that sends
its next request already, or in front of which a proxy still hands the body on and answers 502 in our place.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

MOST = 32 * 1024 * 1024  # bytes: twice what a proxy hands on (docs/operations.md)
LONGEST = 3.0  # seconds
PIECE = 64 * 1024


class _Body:
    """A request's body that knows how much of it was read."""

    def __init__(self, body: Any) -> None:
        self._body = body
        self.read_so_far = 0

    def read(self, *size: int) -> bytes:
        return self._counted(self._body.read(*size))

    def readline(self, *size: int) -> bytes:
        return self._counted(self._body.readline(*size))

    def readlines(self, *hint: int) -> list[bytes]:
        return [self._counted(line) for line in self._body.readlines(*hint)]

    def __iter__(self) -> Iterator[bytes]:
        return (self._counted(line) for line in self._body)

    def _counted(self, piece: bytes) -> bytes:
        self.read_so_far += len(piece)
        return piece


def read_to_the_end(application: Application) -> Application:
    """Read what an answer has left of its request, and close the connection aloud where that is too much."""

    def reading(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not _has_body(environ):
            return application(environ, start_response)
        body = environ["wsgi.input"] = _Body(environ["wsgi.input"])

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if not _finished(environ, body):
                headers = [*headers, ("Connection", "close")]
                # gunicorn does not listen to that header; its own answer is what start_response belongs to.
                close = getattr(getattr(start_response, "__self__", None), "force_close", None)
                if close:
                    close()
            return start_response(status, headers, *more)

        return application(environ, start)

    return reading


def _length(environ: Environ) -> int | None:
    """How long the body is; None where it ends where it ends."""
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return None
    try:
        return int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _has_body(environ: Environ) -> bool:
    return _length(environ) != 0


def _finished(environ: Environ, body: _Body) -> bool:
    """Read on to the end, within bounds; whether it was reached."""
    connection = environ.get("gunicorn.socket")  # whose sender may have stopped in the midst of it
    before = connection.gettimeout() if connection else None
    try:
        if connection:
            connection.settimeout(LONGEST)
        return _read_on(body, _length(environ))
    except Exception:  # cut off, too slow, or chunks nobody can read
        return False
    finally:
        if connection:
            connection.settimeout(before)


def _read_on(body: _Body, length: int | None) -> bool:
    until, most = time.monotonic() + LONGEST, body.read_so_far + MOST
    while length is None or body.read_so_far < length:
        if body.read_so_far >= most or time.monotonic() > until:
            return False
        piece = PIECE if length is None else min(PIECE, length - body.read_so_far)
        if not body.read(piece):
            return True
    return True
