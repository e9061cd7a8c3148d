"""What the header shows of the reader's networks."""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from forums.groups.memberships.models import roles_of


def waiting(request: HttpRequest) -> dict[str, Any]:
    """`waits`: how much waits for her in the networks she coordinates; asked with her roles, by the way."""
    return {"waits": SimpleLazyObject(lambda: _waits(getattr(request, "user", None)))}


def _waits(member: Any) -> int:
    try:
        return sum(mine.waits for mine in roles_of(member).values())
    except DatabaseError:  # an error page wears the header too
        return 0
