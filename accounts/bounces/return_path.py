"""Where a mail comes back to: an address that says, signed, to which of our addresses it went, and when (VERP)."""

import re
from base64 import b32encode
from datetime import UTC, datetime
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

# Digits and small letters only, for some servers write the part before the @ small: whose, when, 80 bits of signature.
_WRITTEN = re.compile(r"\+(\d{1,18})-(\d{1,11})-([a-z2-7]{16})@", re.ASCII | re.IGNORECASE)
_LOOKED_AT = 20  # of what looks like one, in a report


class SentMail(NamedTuple):
    """What a return path says: to which EmailAddress a mail went, and when."""

    address: int
    at: datetime


def come_back(message: EmailMessage) -> EmailMessage:
    """Give a message a return path of its own, where BOUNCE_ADDRESS is set and somebody has proven the address it goes to."""
    name, at_sign, host = settings.BOUNCE_ADDRESS.rpartition("@")
    if not at_sign:
        return message
    proven = EmailAddress.objects.filter(email=message.to[0].lower(), verified=True, primary=True)
    if (address := proven.values_list("pk", flat=True).first()) is None:
        return message
    said = f"{address}-{int(timezone.now().timestamp())}"
    path = f"{name}+{said}-{_signature(said, settings.SECRET_KEY)}@{host}"
    # A copy that comes with a complaint does not always say the return path: it stands in a header, too.
    headers = {"From": message.from_email, "Errors-To": path}
    message.extra_headers = {**headers, **message.extra_headers}
    message.from_email = path
    return message


def found_in(text: str) -> SentMail | None:
    """The first return path of ours in what a report says; None where there is none, or nobody here has signed it."""
    for number, match in enumerate(_WRITTEN.finditer(text)):
        if number == _LOOKED_AT:
            break
        address, seconds, signature = match[1], match[2], match[3].lower()
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        said = f"{address}-{seconds}"
        if any(constant_time_compare(signature, _signature(said, key)) for key in keys):
            return SentMail(int(address), datetime.fromtimestamp(int(seconds), UTC))
    return None


def _signature(said: str, key: str) -> str:
    digest = salted_hmac("accounts.bounces", said, secret=key, algorithm="sha256").digest()
    return b32encode(digest[:10]).decode().lower()
