"""The kinds of emails there are: each says, when it is sent, what may still be told.

A noun to the right registers its kinds in its own `kinds.py`, which `forums.apps` loads. So this
module knows none of them, and imports run one way. The same for what has to be looked at from time
to time to know whether somebody must be written to, or something forgotten (`scheduled`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.encoding import iri_to_uri

if TYPE_CHECKING:
    from forums.notifications.models import Email


@dataclass(frozen=True, slots=True)
class EmailText:
    """What an email says: plain text; links are whole addresses.

    `why` is the last line: why its reader gets it. Left out, the house says its own.
    """

    subject: str
    body: str
    why: str = ""


def whole_address(path: str) -> str:
    """An address of this site as it stands in an email: in letters every program knows for a link."""
    return iri_to_uri(settings.SITE_URL + path)


type Writer = Callable[["Email"], EmailText | None]
_WRITERS: dict[str, Writer] = {}


def email_kind(kind: str) -> Callable[[Writer], Writer]:
    """Register the function that words a kind of email.

    It is given the Email and returns its EmailText, in its reader's language, or None for what its reader may no longer
    know or need not be told any more: then nothing is sent, ever.
    """

    def register(writer: Writer) -> Writer:
        _WRITERS[kind] = writer
        return writer

    return register


def text_of(email: "Email") -> EmailText | None:
    """What `email` says now; None when nothing is left to say. Raises KeyError for an unknown kind."""
    return _WRITERS[email.kind](email)


type Job = Callable[[datetime], None]
_JOBS: dict[str, Job] = {}


def scheduled(name: str) -> Callable[[Job], Job]:
    """Register a function that writes emails which fall due by themselves (reminders), or forgets what is too old.

    It is given the time and run about once an hour by `manage.py deliver --forever` (or by
    `manage.py remind`), in a transaction of its own, and must be idempotent: two processes may run
    it at once, and the key of an email (`outbox.write_emails`) says what was said already.
    """

    def register(job: Job) -> Job:
        _JOBS[name] = job
        return job

    return register


def scheduled_jobs() -> dict[str, Job]:
    """Every scheduled function by its name."""
    return dict(_JOBS)
