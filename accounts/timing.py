"""Answers that take as long for an address with an account as for one without."""

import time
from collections.abc import Callable
from functools import wraps
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from forums.base.errors import ForumError

View = Callable[..., HttpResponseBase]

AT_ONCE = 2  # threads of a process that wait so: it has four, and the others are for who reads
_turns = BoundedSemaphore(AT_ONCE)


class BusyWithLetters(ForumError):
    """Others wait already, as many as may. Nothing was done."""

    status = 503
    message = _(
        "Many people are signing up or asking for letters just now. Wait a moment, then send it again."
    )


def in_the_same_time(view: View) -> View:
    """Let a POST take ACCOUNTS_SAME_TIME seconds whichever way it goes inside.

    A few milliseconds between "there is one" and "there is none" (measured: 20 and 26 for a
    mailed code) are enough to list members, with patience. A refusal for too many tries is given
    at once: it depends on nothing but the tries, and must cost us little. No more than AT_ONCE wait; one more
    raises BusyWithLetters: a few addresses, each within its limits, would else hold every thread.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST" or not settings.ACCOUNTS_SAME_TIME:
            return view(request, *args, **kwargs)
        if not _turns.acquire(blocking=False):
            raise BusyWithLetters
        try:
            start = time.monotonic()
            response = view(request, *args, **kwargs)
            if response.status_code != 429:
                time.sleep(max(0.0, settings.ACCOUNTS_SAME_TIME - (time.monotonic() - start)))
        finally:
            _turns.release()
        return response

    return answer
