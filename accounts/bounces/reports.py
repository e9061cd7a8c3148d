"""Reading what a mailbox for bounces takes in: from anybody, in any shape. Bounded in bytes and parts; no table.

Known are reports of delivery (RFC 3464) and of abuse (RFC 5965), both multipart/report (RFC 6522). Whatever else comes (a
reply, "I am on holiday", junk) is none.
"""

import re
from email import message_from_bytes
from email.message import Message
from typing import NamedTuple

from accounts.models import Why

BYTES = (
    64 * 1024
)  # of a mail: what counts stands before the copy of what came back, whose text nobody needs
PARTS = 30  # of one: those that are real have six, and reading costs lines times depth

_PART = re.compile(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
# RFC 3463, alone or in a server's words (“550 5.1.1 no such user”); the class alone where that is all it says.
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b", re.ASCII)
_CODE = re.compile(r"\b([45])\d\d\b", re.ASCII)
_FULL = ("2", "2")  # X.2.2: the mailbox is full
_POLICY = "7"  # X.7.Y: what is refused is us, or this letter


class Report(NamedTuple):
    """What became of a mail, and all the places where its return path may stand."""

    why: Why
    where: str


def read(raw: bytes) -> Report | None:
    """What a mail reports; None when it is no report, or of nothing that counts (delayed, delivered, not junk)."""
    raw = raw[:BYTES]
    if len(_PART.findall(raw)) > PARTS:
        return None
    message = message_from_bytes(raw)
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return None
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    for part in parts:
        if why := _READERS.get(part.get_content_type(), _nothing)(part):
            return Report(why, "\n".join([*_headers(message), *map(_said, parts)]))
    return None


def how_hard(status: str) -> Why | None:
    """Whether a status or a server's answer speaks of an address that takes nothing, or of a trouble that may pass.

    Hard is what says that of the address: not a full mailbox, nor what a server has against us, though it says 5 there, too.
    """
    if found := _STATUS.search(status):
        if found[1] == "2":
            return None
        passes = found[1] == "4" or (found[2], found[3]) == _FULL or found[2] == _POLICY
        return Why.SOFT if passes else Why.HARD
    if code := _CODE.search(status):
        return Why.SOFT if code[1] == "4" else Why.HARD
    return None


def _delivery(part: Message) -> Why | None:
    """Our mails have one reader, so there is one group of fields beside the one about the mail itself."""
    for fields in _groups(part):
        if _field(fields, "Action").lower() == "failed":
            said = _field(fields, "Status") or _field(fields, "Diagnostic-Code")
            return how_hard(said) or Why.SOFT
    return None


def _abuse(part: Message) -> Why | None:
    said = [_field(fields, "Feedback-Type").lower() for fields in _groups(part)]
    return Why.COMPLAINT if "abuse" in said else None


def _nothing(_part: Message) -> Why | None:
    return None


_READERS = {"message/delivery-status": _delivery, "message/feedback-report": _abuse}


def _groups(part: Message) -> list[Message]:
    found = part.get_payload()
    return [each for each in found if isinstance(each, Message)] if isinstance(found, list) else []


def _field(fields: Message, name: str) -> str:
    return str(fields.get(name, "")).strip()


def _headers(message: Message) -> list[str]:
    return [str(value) for value in message.values()]


def _said(part: Message) -> str:
    """The fields of a part that reports, the headers of a copy of what came back; of other text nothing."""
    lines = [value for each in _groups(part) for value in _headers(each)]
    if part.get_content_type() == "text/rfc822-headers":
        lines.append(str(part.get_payload()))
    return "\n".join(lines)
