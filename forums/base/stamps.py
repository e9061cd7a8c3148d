"""When a form was opened, in the name it carries: no field, no cookie and no script is needed to know how long somebody wrote.

A stamp is a UUID (version 8): twelve hexadecimal digits for the millisecond, ten that only this site can make of them, and
eight by chance. What is not ours says nothing.
"""

import hashlib
import hmac
import secrets
import time
import uuid
from collections.abc import Iterator

from django.conf import settings

_TIME, _SEAL, _CHANCE = 12, 10, 8  # digits


def new_stamp() -> uuid.UUID:
    """The name of a form that is opened now."""
    at = f"{int(time.time() * 1000):012x}"
    seal, chance = next(_seals(at)), secrets.token_hex(_CHANCE // 2)
    return uuid.UUID(f"{at}8{seal[:3]}{'89ab'[secrets.randbelow(4)]}{seal[3:]}{chance}")


def age_of(stamp: uuid.UUID | None) -> float | None:
    """How many seconds ago this form was opened; None for a name that is not ours."""
    if stamp is None or stamp.version != 8:
        return None
    at, seal = stamp.hex[:_TIME], stamp.hex[13:16] + stamp.hex[17:24]
    if not any(hmac.compare_digest(seal, ours) for ours in _seals(at)):
        return None
    return time.time() - int(at, 16) / 1000


def _seals(at: str) -> Iterator[str]:
    """What belongs to this moment: by the key of today, then by those of before."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        made = hmac.new(f"stamp{key}".encode(), at.encode(), hashlib.sha256)
        yield made.hexdigest()[:_SEAL]
