"""The mail server that takes our letters: many of them over one connection."""

from contextlib import suppress
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

LETTERS = 100  # over one connection: many servers hang up on who sends more


class MailServer:
    """One thread's connection with it: opened when it is wanted, opened anew after an error or so many letters.

    With TLS and a login a connection takes longer than the letter, and servers refuse who opens too many.
    """

    def __init__(self, *, patience: float | None = None) -> None:
        """`patience`: how many seconds to wait for each of its answers; as MAILERS say, where nothing is said."""
        self._backend: BaseEmailBackend | None = None
        self._sent = 0
        self._patience = patience

    def open(self) -> BaseEmailBackend:
        """See to it that a letter can go now. Raises OSError (smtplib's errors are such, too) where none can."""
        if self._backend is not None and not (self._sent < LETTERS and _answers(self._backend)):
            self.close()
        if self._backend is None:
            backend = mailers["default"]
            try:
                if isinstance(
                    backend, EmailBackend
                ):  # others write each letter to a place of its own
                    backend.timeout = self._patience or backend.timeout
                    backend.open()
            except OSError:
                _hang_up(backend)
                raise
            self._backend, self._sent = backend, 0
        return self._backend

    def send(self, message: EmailMessage) -> None:
        """Send one letter. Raises OSError; SMTPRecipientsRefused where only this reader is not taken."""
        backend = self.open()
        try:
            backend.send_messages([message])
        except SMTPRecipientsRefused:
            raise
        except Exception:
            self.close()
            raise
        self._sent += 1

    def close(self) -> None:
        """Say goodbye, if there is somebody to say it to."""
        backend, self._backend = self._backend, None
        if backend is not None:
            _hang_up(backend)


def _answers(backend: BaseEmailBackend) -> bool:
    """Whether the other end is still there: it may have hung up, as it does when nothing was said for a while."""
    if not isinstance(backend, EmailBackend) or backend.connection is None:
        return True
    try:
        code, _words = backend.connection.noop()
    except OSError:
        return False
    return bool(code == 250)


def _hang_up(backend: BaseEmailBackend) -> None:
    with suppress(OSError):
        backend.close()
