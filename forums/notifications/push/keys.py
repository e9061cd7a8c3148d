"""By which key push services and browsers know this site: VAPID, RFC 8292."""

import base64
import time
from functools import cache, lru_cache

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from forums.notifications.push.sealing import CURVE, bytes_of

GOOD_FOR = 12 * 60 * 60  # seconds; a day at most, says the RFC
_RENEWED = GOOD_FOR // 2


def is_on() -> bool:
    """Whether anything is pushed at all."""
    return bool(settings.VAPID_KEY)


def public_key() -> str:
    """What a browser subscribes with."""
    return encoded(bytes_of(_private_key(settings.VAPID_KEY).public_key()))


def authorization(audience: str) -> str:
    """Who we are, said to the push service at `audience` (https://host) and to no other."""
    token = _token(settings.VAPID_KEY, audience, int(time.time()) // _RENEWED)
    return f"vapid t={token}, k={public_key()}"


def encoded(plain: bytes) -> str:
    """Bytes in the letters of base64url, as everything about push is written."""
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def decoded(typed: str) -> bytes:
    """The bytes again. Raises ValueError for what holds none."""
    return base64.b64decode(typed.rstrip("=") + "=" * (-len(typed.rstrip("=")) % 4), b"-_", True)


@lru_cache(maxsize=200)  # there are few services; signing takes as long as encrypting
def _token(key: str, audience: str, turn: int) -> str:
    contact = f"mailto:{settings.CONTACT_EMAIL}"
    claims = {"aud": audience, "exp": turn * _RENEWED + GOOD_FOR, "sub": contact}
    return jwt.encode(claims, _private_key(key), algorithm="ES256")


@cache
def _private_key(key: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(key)), CURVE)
