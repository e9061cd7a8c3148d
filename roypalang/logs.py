"""What the site's log looks like: a line each, for people or (LOG_FORMAT=json) for programs, and nothing personal in it.

Which address asked for what belongs into the traffic log, which few may read (decision 069). Here an error says what broke
and where in the code, not whose words broke it.
"""

import json
import logging
import os
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from roypalang.environment import PRODUCTION
from roypalang.request_ids import current_id

MASK = "…"
_LONGEST = 4_000  # letters of a message
_PEOPLE = re.compile(
    r"(?<![^\s@<>\"'(),;:=])[^\s@<>\"'(),;:=]+@[^\s@<>\"'(),;:]+"  # addresses of e-mail
    r"|(?<![\d.])(?!(?:127|10)\.|192\.168\.)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"  # of the net
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]*[0-9a-f]|(?<![\w:])(?=[0-9a-f:]*\d)(?:[0-9a-f]{1,4}:)+:[0-9a-f:]+"
    r"|(?<![\w-])(?:\+66|0)\d[\d -]{6,10}\d(?![\w-])",  # telephones
    re.I,
)
# What is quoted and no plain short word is somebody's: a name of the code is one.
_QUOTED = re.compile(r"""(?<!\w)(['"])((?:(?!\1)[^\\\n]|\\.)*)\1""")
_PLAIN = re.compile(r"[\w .,:/%()<>=\[\]-]{0,60}", re.A)


def without_people(text: str) -> str:
    """The text without addresses, telephone numbers, and what is quoted of what somebody wrote; a very long one is cut."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + MASK
    text = _QUOTED.sub(
        lambda found: found[0] if _PLAIN.fullmatch(found[2]) else f"{found[1]}{MASK}{found[1]}",
        text,
    )
    return _PEOPLE.sub(MASK, text)


def told_error(error: BaseException) -> str:
    """Where in the code it happened, and what it says: of the database's words the first line, for the rest are rows."""
    return "".join(_told(error, set())).rstrip()


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _told(before, seen)
        yield "\nand then\n\n"
    yield from traceback.format_tb(error.__traceback__)
    words = str(error).strip()
    yield f"{type(error).__qualname__}: {without_people(words.partition('\n')[0])[:500]}\n"


class _Lines(logging.Formatter):
    """What both forms have in common: an error is told without people."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        return told_error(ei[1]) if ei and ei[1] is not None else ""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler's, with all it said
        return super().format(record)


class PlainLines(_Lines):
    """For people: when, how bad, where, for which request, what."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}{within}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        record.within = f" [{name}]" if (name := current_id()) else ""
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        record.message = without_people(record.message)
        return super().formatMessage(record)


class JsonLines(_Lines):
    """For programs: an object a line. `told` of a line is more about it, by name."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_people(record.getMessage()),
        }
        if name := current_id():
            line["request"] = name
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and request.resolver_match:
            line["page"] = request.resolver_match.view_name
        line |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = told_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def is_json() -> bool:
    """Whether LOG_FORMAT says so; in production it is meant where nothing is said."""
    said = os.environ.get("LOG_FORMAT") or ("json" if PRODUCTION else "lines")
    if said not in ("json", "lines"):
        raise ImproperlyConfigured(f"LOG_FORMAT must be json or lines, not {said!r}.")
    return said == "json"


def lines() -> logging.Formatter:
    """The form that was chosen."""
    return JsonLines() if is_json() else PlainLines()


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "roypalang.logs.lines"}},
    "filters": {"without_keys": {"()": "roypalang.access_log.WithoutKeys"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "lines",
            "filters": ["without_keys"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # 404s are answers, not news.
        "django.request": {"level": "ERROR"},
        # Nor is what was refused at the door: each would leave a traceback, at a stranger's wish.
        "django.security": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "WARNING"},
    },
}
