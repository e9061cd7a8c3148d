"""The last mails this machine wrote into files, to be looked at as their readers see them (`/dev/mail/`).

Only while somebody works on the site: a mail holds what signs one in. Where ROYPALANG_DEBUG is off, in production, and where
mails are sent, nothing is here.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from heapq import nlargest
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

FILES = 50  # the newest; each holds the letters of one connection
BYTES = 1_000_000  # of one
_BETWEEN = b"\n" + b"-" * 79 + b"\n"  # letters, as Django's backend writes them
_ADDRESSES = "To Subject From Date Reply-To Message-ID References List-Unsubscribe".split()


@dataclass(frozen=True)
class Mail:
    """One letter of a file."""

    file: str
    number: int
    written_at: datetime
    raw: bytes

    @cached_property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def url(self) -> str:
        return f"/dev/mail/{self.file}/{self.number}/"

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [
            (name, str(self.message[name])) for name in _ADDRESSES if self.message[name] is not None
        ]

    @property
    def plain(self) -> str:
        return self._text("plain")

    @property
    def html(self) -> str:
        return self._text("html")

    def _text(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


@never_cache
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    found = [mail for path in _newest(_folder()) for mail in reversed(_letters(path))]
    return render(request, "dev/mails.html", {"mails": found[: 2 * FILES]})


@never_cache
@require_safe
def mail(request: HttpRequest, file: str, number: int) -> HttpResponse:
    """One of them, in plain text."""
    return render(request, "dev/mail.html", {"mail": _one(file, number)})


@csp_override({"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "img-src": ["data:"]})
@never_cache
@require_safe
def mail_html(request: HttpRequest, file: str, number: int) -> HttpResponse:
    """The same as a program shows it: styles in it, pictures from elsewhere not loaded."""
    if not (html := _one(file, number).html):
        raise Http404
    return HttpResponse(html)


def _folder() -> Path:
    here = settings.MAILERS["default"].get("OPTIONS", {}).get("file_path", "")
    if settings.PRODUCTION or not (settings.DEBUG and here):
        raise Http404
    return Path(here)


def _newest(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        files = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
    for entry in nlargest(FILES, files, key=lambda entry: entry.stat().st_mtime):
        yield Path(entry.path)


def _letters(path: Path) -> list[Mail]:
    with path.open("rb") as file:
        raw = file.read(BYTES)
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    letters = [each for each in raw.split(_BETWEEN) if each.strip()]
    return [Mail(path.name, number, at, each) for number, each in enumerate(letters)]


def _one(file: str, number: int) -> Mail:
    for path in _newest(_folder()):
        if path.name == file and number < len(letters := _letters(path)):
            return letters[number]
    raise Http404
