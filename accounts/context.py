"""What every template knows of who reads."""

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.display import display as display_of
from accounts.known import blocked_by, known_of


def display(request: HttpRequest) -> dict[str, object]:
    """`display.theme` and `display.text`, worked out when a template asks; no query of its own."""
    return {"display": SimpleLazyObject(lambda: display_of(request))}


def blocked(request: HttpRequest) -> dict[str, object]:
    """`blocked`: whom she does not want to hear, by id; known with her, no query of its own."""
    return {"blocked": SimpleLazyObject(lambda: blocked_by(getattr(request, "user", None)))}


def mail_stopped(request: HttpRequest) -> dict[str, object]:
    """`mail_stopped`: why notifications go to her address no more (`Why`), or ''; known with her, no query of its own."""
    return {"mail_stopped": SimpleLazyObject(lambda: _why(getattr(request, "user", None)))}


def _why(member: object) -> str:
    try:
        return known_of(member, "mail_stopped") or ""
    except DatabaseError:  # an error page wears the bar too
        return ""
