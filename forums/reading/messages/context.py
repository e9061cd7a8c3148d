"""What the header shows of the reader's private messages."""

from typing import Any

from django.http import HttpRequest

from accounts.known import SHOWN, count_in_header

KNOWN = f"""(SELECT count(*) FROM (SELECT FROM forums_participant w
    WHERE w.member_id = m.id AND w.unread_from IS NOT NULL AND w.muted_at IS NULL LIMIT {SHOWN + 1}) unread)"""  # noqa: S608 - constants


def unread_messages(request: HttpRequest) -> dict[str, Any]:
    """`unread_messages`: in how many conversations something is unread, as the menu says it; asked with who is signed in."""
    return {"unread_messages": count_in_header(request, "unread_messages")}
