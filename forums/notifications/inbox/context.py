"""What the header shows of the reader's notifications."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.known import known_of

SHOWN = 99


def unread(request: HttpRequest) -> dict[str, Any]:
    """`unread`: how many lines she has not read, as it is written at the bell; asked with who is signed in."""
    return {"unread": SimpleLazyObject(lambda: unread_by(getattr(request, "user", None)))}


def unread_by(member: Any) -> str:
    """“3”, “99+”, or '' for none and for a visitor."""
    try:
        count = known_of(member, "unread") or 0
    except DatabaseError:  # an error page wears the header too
        return ""
    return f"{SHOWN}+" if count > SHOWN else str(count or "")
