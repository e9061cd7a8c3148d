"""Speaking with a provider: for some seconds altogether, of so many bytes, by few threads of the site at once.

Its answer comes in threads that serve no page, so one that sends a byte now and then holds none of ours longer
than SECONDS; and while it is slow, most threads of a process go on serving everybody else (decision 046).
"""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlsplit

import requests
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from forums.base.errors import ForumError

logger = logging.getLogger(__name__)

SECONDS = 5.0  # for all that is asked while one person comes back
AT_ONCE = 2  # people who come back, in a process: it has four threads
TURN = 1.0  # seconds one waits for her turn
MOST = 256 * 1024  # bytes of one answer; the largest, Google's certificates, has three thousand
_CHUNK = 16 * 1024

_turns = BoundedSemaphore(AT_ONCE)
_threads = ThreadPoolExecutor(2 * AT_ONCE, thread_name_prefix="providers")
_until: ContextVar[float] = ContextVar("until")


class BusyWithProviders(ForumError):
    """Others wait for a slow provider already. Nothing was used up: the same page may be asked for again."""

    status = 503
    message = _(
        "Many people are signing in this way just now. Wait a moment, then load this page again."
    )

    def __init__(self) -> None:
        super().__init__(way=(_("Other ways to sign in"), str(reverse_lazy("account_login"))))


@contextmanager
def turn() -> Iterator[None]:
    """While one person's provider is asked. Raises BusyWithProviders."""
    if not _turns.acquire(timeout=TURN):
        raise BusyWithProviders
    token = _until.set(time.monotonic() + SECONDS)
    try:
        yield
    finally:
        _until.reset(token)
        _turns.release()


class Talk(requests.Session):
    """A session for requests inside a `turn`; what takes too long, says too much or is out of
    order raises a RequestException."""

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        until = _until.get()
        future = _threads.submit(self._asked, until, method, url, *args, **kwargs)
        try:
            response = future.result(max(0.0, until - time.monotonic()))
        except TimeoutError as error:
            future.cancel()
            raise requests.Timeout("no answer in time") from error
        if response.status_code >= 400:
            _say(str(url), response)
        if response.status_code >= 500 or response.status_code == 429:
            raise requests.ConnectionError("out of order, or asks us to wait")
        return response

    def _asked(
        self, until: float, method: Any, url: Any, *args: Any, **kwargs: Any
    ) -> requests.Response:
        left = until - time.monotonic()
        if left <= 0:
            raise requests.Timeout("no time left")
        # A provider's interface leads nowhere else: what it redirects to is not asked.
        kwargs |= {"timeout": left, "stream": True, "allow_redirects": False}
        response = super().request(method, url, *args, **kwargs)
        with response:
            body = b""
            for chunk in response.iter_content(_CHUNK):
                body += chunk
                if len(body) > MOST:
                    raise requests.exceptions.ContentDecodingError("too long an answer")
                if time.monotonic() > until:
                    raise requests.Timeout("no whole answer in time")
            response._content = body
        return response


def _say(url: str, response: requests.Response) -> None:
    """One line for whoever runs the site: a wrong secret, say. Only its word for the error, nothing of a person."""
    try:
        error = response.json()["error"]
        word = error if isinstance(error, str) else error["type"]
    except (ValueError, KeyError, TypeError):
        word = ""
    logger.warning("%s says %s %.60r", urlsplit(url).hostname, response.status_code, word)
