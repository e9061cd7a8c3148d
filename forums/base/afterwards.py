"""What is done when an answer has gone out: it costs its reader nothing, and is lost if the process dies."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


def afterwards(response: HttpResponse, write: Callable[[], None]) -> None:
    """Call `write` once the server has sent `response`, before Django gives the connection to the database back.

    A failure is logged and changes nothing else: nobody waits for it.
    """

    def closing() -> None:
        try:
            write()
        except Exception:
            logger.exception("What was left for after the answer failed")

    response._resource_closers.append(closing)  # type: ignore[attr-defined] # what Django closes with it


_AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ")


def is_looked_at(request: HttpRequest) -> bool:
    """Whether somebody signed in sees the page: not what a browser fetches ahead, nor a HEAD."""
    ahead = (request.META.get(name, "") for name in _AHEAD)
    return (
        request.method == "GET"
        and request.user.is_authenticated
        and not any("prefetch" in each or "prerender" in each for each in ahead)
    )
