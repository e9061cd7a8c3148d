"""What the header shows of the reader's notifications."""

from typing import Any

from django.http import HttpRequest

from accounts.known import count_in_header


def unread(request: HttpRequest) -> dict[str, Any]:
    """`unread`: how many lines she has not read, as it is written at the bell; asked with who is signed in."""
    return {"unread": count_in_header(request, "unread")}
