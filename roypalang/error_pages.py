"""What a reader sees when something goes wrong: the house's own pages, and her words given back.

Scripts that ask for JSON get {"error": …}, those that ask for part of a page get one line; anyone
else gets a page in the site's dress. None of it may be kept by a cache.
"""

import logging
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.log import log_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.errors import (
    DeadlockDetected,
    IdleInTransactionSessionTimeout,
    LockNotAvailable,
    QueryCanceled,
)

from accounts.proof import ProofNeeded
from forums.base.database import is_away
from forums.base.errors import ForumError, TooFast
from forums.base.view_helpers import wants_json, wants_part
from roypalang.given_back import Typed, is_ours, other_fields, typed
from roypalang.request_ids import current_id

logger = logging.getLogger(__name__)

HEADINGS = {
    400: gettext_lazy("We could not read that"),
    403: gettext_lazy("This is not open to you"),
    404: gettext_lazy("This page is not here"),
    413: gettext_lazy("That is too large"),
    429: gettext_lazy("A little too fast"),
    503: gettext_lazy("Very busy just now"),
}
OTHER_HEADING = gettext_lazy("That did not work")
WAIT = 60  # seconds, where a limit does not say how long
SHORTLY = 10  # seconds: what made others wait is over by then
_GIVEN_UP = (QueryCanceled, LockNotAvailable, DeadlockDetected, IdleInTransactionSessionTimeout)
AWAY = 30  # seconds after which one may ask again while the database is away

PLAIN_500 = "<!doctype html><html lang=th><meta charset=utf-8><title>ร้อยพลัง</title><p>ขออภัย มีบางอย่างขัดข้อง รอสักครู่แล้วลองใหม่"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for a request no page of ours sends, 413 for one that is too large.

    Neither reads the form again: reading it may be what failed, and would fail again.
    """
    if isinstance(exception, RequestDataTooBig):
        return _answer(
            request, 413, _("What you sent is too large. Pictures may have up to 12 MB.")
        )
    return _answer(request, 400, _("Your browser sent something we could not read."))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason where a view gave one."""
    reason = str(exception or "") or _("You may not open this page.")
    return _answer(request, 403, reason, typed=typed(request))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for this reader; the page does not tell which."""
    message = _("The page is not here. Its address may be wrong, or it was hidden or moved.")
    return _answer(request, 404, message, typed=typed(request))


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429, which allauth answers with where too much was tried."""
    message = _("That was many times in a short while. Please wait a moment, then try again.")
    return _answer(request, 429, message, typed=typed(request), wait=WAIT)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, from a page that needs nothing: no database, no session, no context. 503 where the database is away."""
    error = sys.exception()
    if not is_away(error):
        return _bare(
            request,
            500,
            _("Something went wrong here"),
            _(
                "It is our fault, not yours. Go back one page: what you wrote should still be there. "
                "Please try again in a moment."
            ),
            line=_("Something went wrong here. Please try again."),
            named=current_id(),
        )
    _say_away(error)
    response = _bare(
        request,
        503,
        _("The site is resting for a moment"),
        _("We cannot reach what is kept here just now. Please try again in a minute."),
    )
    response["Retry-After"] = str(AWAY)
    # Said above, in one line: Django would write the whole traceback of each request.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _bare(
    request: HttpRequest,
    status: int,
    heading: str,
    message: str,
    *,
    line: str = "",
    named: str = "",
) -> HttpResponse:
    """An answer made without a context: nothing in it asks the database. `line` is what scripts show of it, `named` how the
    log calls the request."""
    response: HttpResponse
    line = line or message
    if wants_json(request):
        response = JsonResponse({"error": line}, status=status)
    elif wants_part(request):
        page = loader.get_template("errors/_part.html").render({"message": line})
        response = HttpResponse(page, status=status)
    else:
        what = {"status": status, "heading": heading, "message": message, "named": named}
        try:
            page = loader.get_template("500.html").render({**what, "typed": typed(request)})
        except Exception:  # the templates or static files themselves may be what is broken
            page = PLAIN_500
        response = HttpResponse(page, status=status)
    add_never_cache_headers(response)
    return response


class _Away:
    """Lines in the log about a database that is away: one a second at most, which counts the requests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count, self._said = 0, float("-inf")

    def __call__(self, error: BaseException | None) -> None:
        with self._lock:
            self._count += 1
            count, now = self._count, time.monotonic()
            if now - self._said < 1:
                return
            self._count, self._said = 0, now
        reason = " ".join(str(error).split())[:200]
        logger.error("The database is away, 503 to %s since the last such line: %s", count, reason)


_say_away = _Away()


def refused(request: HttpRequest, error: ForumError) -> HttpResponse:
    """A refusal of the forum that no form has shown: its words, its status, and what was typed."""
    wait = error.wait if isinstance(error, TooFast) else None
    return _answer(
        request, error.status, error.message, typed=typed(request), wait=wait, way=error.way
    )


def read_too_fast(request: HttpRequest, error: TooFast) -> HttpResponse:
    """429 for who reads too many pages: made without a query, for who asks so much is mostly a machine."""
    message = _(
        "Very many pages were asked for from where you are, perhaps by a program. Please wait a moment, then go on "
        "reading; members read on by their own count."
    )
    response = _bare(request, 429, str(HEADINGS[429]), message)
    response["Retry-After"] = str(error.wait)
    response._has_been_logged = True  # type: ignore[attr-defined] # it is no news
    return response


def too_slow(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """503 where the database gave a statement up (`roypalang/wsgi.py`), with one line of log; None for another error."""
    why = error.__cause__
    if not isinstance(why, _GIVEN_UP):
        return None
    message = _("The site is very busy and could not finish this. Please try again in a moment.")
    response = _answer(request, 503, message, typed=typed(request), wait=SHORTLY)
    log_response("%s: %s", type(why).__name__, request.path, response=response, request=request)
    return response


def signed_out(request: HttpRequest) -> HttpResponse:
    """403 for a form of one who is signed in no more: her text, and where to sign in beside it."""
    message = _("You are no longer signed in. Sign in in another tab, then send this again.")
    return _once_more(request, message, sign_in=settings.LOGIN_URL)


def prove_again(request: HttpRequest, error: ProofNeeded) -> HttpResponse:
    """To where she shows that it is she; what she had sent stands here meanwhile, with a button that sends it again."""
    if request.method != "POST":
        return redirect(error.prove)
    return _once_more(request, str(error.message), prove=error.prove)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token: mostly one left open while its writer signed in elsewhere."""
    message = _("This form was open for too long, or was opened before you signed in.")
    return _once_more(request, message)


def _once_more(request: HttpRequest, message: str, **context: Any) -> HttpResponse:
    """Her text stands on the page. One press sends it again with a fresh token, but only where the browser
    vouches that the form came from this site: else a stranger's page could put words into that button.
    """
    words = typed(request)
    again: list[tuple[str, str]] | None = None
    if words and is_ours(request):
        again = other_fields(request, {text.name for text in words})
    context |= {
        "heading": _("Please send it once more"),
        "again": again,
        "action": request.get_full_path(),
        "lost_file": bool(request.FILES),  # also: what is too large is a 413
    }
    return _answer(request, 403, message, typed=words, page="errors/again.html", context=context)


def _answer(
    request: HttpRequest,
    status: int,
    message: str | Promise,
    *,
    typed: list[Typed] | None = None,
    wait: int | None = None,
    way: tuple[str | Promise, str] | None = None,
    page: str = "errors/page.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    response: HttpResponse
    if wants_json(request):
        response = JsonResponse({"error": str(message)}, status=status)
    elif wants_part(request):
        response = render(request, "errors/_part.html", {"message": message}, status=status)
    else:
        what = {
            "status": status,
            "heading": HEADINGS.get(status, OTHER_HEADING),
            "message": message,
            "typed": typed,
            "back": _back(request),
            "way": way,
        }
        response = render(request, page, {**what, **(context or {})}, status=status)
    if wait is not None:
        response["Retry-After"] = str(wait)
    add_never_cache_headers(response)
    return response


def _back(request: HttpRequest) -> str:
    """The page of this site the reader came from, or ''."""
    referer = request.headers.get("Referer", "")
    try:
        host = request.get_host()
    except Exception:  # a forged Host is what some of these pages answer
        return ""
    own = url_has_allowed_host_and_scheme(referer, {host}, require_https=request.is_secure())
    return referer if own else ""
