"""One name for all that is done for one request, or in one round of the worker's: on each line of the log, and in the answer.

A request's is ten digits, so that whoever met a fault can read it to us over the telephone. nginx takes it out of the answer
into its own log. It stays until the thread's next: what is done after the answer (`forums.base.afterwards`) is of that
request, too.
"""

import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_current: ContextVar[str] = ContextVar("request_id", default="")


def current_id() -> str:
    """The name of what this thread does just now; '' where it has none."""
    return _current.get()


def begin(what: str = "") -> str:
    """Give what begins now a name that hardly anything had before, beginning with what it is."""
    number = 10**9 + secrets.randbelow(9 * 10**9)
    name = f"{what}-{number}" if what else str(number)
    _current.set(name)
    return name


def named_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request a name, and say it in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        name = begin()
        response = get_response(request)
        response.headers[HEADER] = name
        return response

    return middleware
