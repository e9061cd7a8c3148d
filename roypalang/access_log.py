"""What the log says of a request: nothing that opens a door or that somebody searched for, nothing she made up.

A line may have to serve as evidence, so no address can begin a new one; and a log is read by more people than
the letters in which keys were sent.
"""

import logging
import re
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from django.http import HttpRequest
from gunicorn.glogging import Logger as GunicornLogger

from roypalang.logs import lines

# Addresses that are keys from here on (tests/roypalang/test_access_log.py finds one that is missing).
KEYED = (
    "accounts/2fa/lost/stop",
    "accounts/confirm-email",
    "accounts/password/reset/key",
    "calendar",
    "decisions/letter",
    "join",
    "mail/stop",
    "settings/leave/confirm",
    "settings/leave/stay",
    "settings/privacy/copy",
    "takedown",
)
MASK = "…"
_KEYED = re.compile(rf"(/+(?:{'|'.join(map(re.escape, KEYED))})/+)[^/].*", re.I | re.S)
_AS_IT_STANDS = "/:@!$&()*+,;=~-._"
_LONGEST = 1000


def shown_path(target: str) -> str:
    """The path of an address as a browser sent it: escaped, keys masked, without what follows the ?."""
    path = re.sub(r"^[a-z]+://[^/?#]*", "", target, flags=re.I)
    path = re.split(r"[?#]", path, maxsplit=1)[0]
    read = unquote_to_bytes(path.encode("utf-8", "surrogateescape")).decode(
        "utf-8", "surrogateescape"
    )
    kept, keyed = read, _KEYED.fullmatch(read)
    if keyed:
        kept = keyed[1]
    shown = quote(kept[:_LONGEST], safe=_AS_IT_STANDS, errors="surrogateescape")
    return shown + (MASK if keyed or len(kept) > _LONGEST else "")


def shown_words(words: str) -> str:
    """What a client says of itself: on one line, and no way out of its quotation marks."""
    return re.sub(r"[^ !#-\[\]-~]", lambda sign: f"\\x{ord(sign[0]):02x}", words[:_LONGEST])


class Logger(GunicornLogger):
    """gunicorn's, which writes the decoded path, and whole addresses where something breaks."""

    def atoms(
        self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any
    ) -> dict[str, Any]:
        """What a line may be made of: only what is safe to write, whatever its format."""
        atoms = super().atoms(resp, req, environ, request_time)
        kept = {name: atoms[name] for name in "lutsHbBTDMLp"}
        return kept | {
            "h": shown_words(str(atoms["h"])),
            "m": shown_words(str(atoms["m"])),
            "U": shown_path(environ.get("RAW_URI", "")),
            "a": shown_words(str(atoms["a"])),
            "i": shown_words(str(atoms.get("{x-request-id}o", "-"))),
        }

    def setup(self, cfg: Any) -> None:
        """gunicorn's own lines look like the site's."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(lines())

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """A request that cannot be read is told without its words: they hold addresses and headers."""
        if str(msg).startswith("Invalid request from "):
            msg = re.split("""['"]""", msg, maxsplit=1)[0].replace("%", "%%").rstrip(" :")
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """The address of a request that broke is its path, masked."""
        if str(msg).startswith("Error handling request"):
            args = (*args[:-1], shown_path(str(args[-1]))) if args else args
        super().exception(msg, *args, **kwargs)


class WithoutKeys(logging.Filter):
    """Django's own lines name the path of a request, too."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            told = request.path.encode("unicode_escape").decode("ascii")
            record.args = tuple(
                shown_path(quote(request.path)) if arg in (told, request.path) else arg
                for arg in record.args
            )
        return True
