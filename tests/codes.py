"""The code an authenticator app would show."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

STEP = 30  # seconds a code is good for
ENOUGH = 6  # seconds a busy machine may need between reading a code and having it checked


def code_now(secret: str, *, steps: int = 0) -> str:
    """The code of this half minute (or `steps` later), read early enough in it to be still good."""
    left = STEP - time.time() % STEP
    if left < ENOUGH:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps))
