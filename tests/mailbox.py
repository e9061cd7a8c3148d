"""A mail server that keeps to RFC 5321 (aiosmtpd): for what tests/smtp.py, which nods at everything, does not show."""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """What came, to whom; `answers` says what some hear in place of 250, `slow` is how many seconds each answer takes."""

    def __init__(self, *, answers: dict[str, str] | None = None, slow: float = 0) -> None:
        self.answers, self.slow = answers or {}, slow
        self.got: Counter[str] = Counter()
        self.senders: set[str] = set()
        self.letters: list[Message] = []
        self.port = 0

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self.slow)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        await asyncio.sleep(self.slow)
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.slow)
        self.got.update(envelope.rcpt_tos)
        self.senders.add(envelope.mail_from)
        self.letters.append(message_from_bytes(envelope.content))
        return "250 OK"

    def settings(self, timeout: float = 10) -> dict:
        """MAILERS that lead here."""
        return mailers_at(self.port, timeout)


def mailers_at(port: int, timeout: float = 10) -> dict:
    """MAILERS that lead to a port of this machine."""
    backend = "django.core.mail.backends.smtp.EmailBackend"
    where = {"host": "127.0.0.1", "port": port, "timeout": timeout}
    return {"default": {"BACKEND": backend, "OPTIONS": where}}


@contextmanager
def mailbox(port: int = 0, **how: object) -> Iterator[Mailbox]:
    """One on a free port (or this), as long as the block lasts."""
    box = Mailbox(**how)
    box.port = port or free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    """A port nobody listens at just now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
