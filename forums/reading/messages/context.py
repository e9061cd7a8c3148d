"""What the header shows of the reader's private messages."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.known import known_of

SHOWN = 99
KNOWN = f"""(SELECT count(*) FROM (SELECT FROM forums_participant w
    WHERE w.member_id = m.id AND w.unread_from IS NOT NULL AND w.muted_at IS NULL LIMIT {SHOWN + 1}) unread)"""  # noqa: S608 - constants


def unread_messages(request: HttpRequest) -> dict[str, Any]:
    """`unread_messages`: in how many conversations something is unread, as the menu says it; asked with who is signed in."""
    return {"unread_messages": SimpleLazyObject(lambda: _unread(getattr(request, "user", None)))}


def _unread(member: Any) -> str:
    """“3”, “99+”, or '' for none and for a visitor."""
    try:
        count = known_of(member, "unread_messages") or 0
    except DatabaseError:  # an error page wears the header too
        return ""
    return f"{SHOWN}+" if count > SHOWN else str(count or "")
