"""Answers that take as long for an address with an account as for one without."""

import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def in_the_same_time(view: View) -> View:
    """Let a POST take ACCOUNTS_SAME_TIME seconds whichever way it goes inside.

    A few milliseconds between "there is one" and "there is none" (measured: 20 and 26 for a
    mailed code) are enough to list members, with patience. A refusal for too many tries is given
    at once: it depends on nothing but the tries, and must cost us little.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        start = time.monotonic()
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code != 429:
            time.sleep(max(0.0, settings.ACCOUNTS_SAME_TIME - (time.monotonic() - start)))
        return response

    return answer
