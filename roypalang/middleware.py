"""What every request passes through, beside Django's own."""

import logging
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from copy import copy
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import BadRequest
from django.db import DatabaseError, DataError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.csp import CSP, build_policy
from django.utils.encoding import escape_uri_path

from forums.base.errors import ForumError, TooFast
from forums.base.rate_limits import hold_light_pace, hold_pace
from forums.text.addresses import readings, tidy_query
from forums.text.thai_marks import mark_thai

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]


METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


def known_methods(get_response: Handler) -> Handler:
    """Answer 405 to a method no page of ours has; and send no body after HEAD, as HTTP asks.

    Django's and allauth's views take a PUT for a POST and anything else for a GET.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""  # Content-Length stays what a GET would say
        return response

    return middleware


def unknown_proxy(get_response: Handler) -> Handler:
    """Say what is to be set where a proxy speaks https with the reader and nobody told the site of the proxy.

    To the site every request then looks like http, and the way to https leads to the same address for ever.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        said = request.META.get("HTTP_X_FORWARDED_PROTO") == "https"
        if said and settings.SECURE_SSL_REDIRECT and not request.is_secure():
            _say_unknown_proxy()
            response = HttpResponse(_UNKNOWN_PROXY, status=503)
            add_never_cache_headers(response)
            response._has_been_logged = True  # type: ignore[attr-defined] # above, once
            return response
        return get_response(request)

    return middleware


_UNKNOWN_PROXY = """<!doctype html><html lang="th"><meta charset="utf-8"><title>ร้อยพลัง</title>
<p>เว็บนี้ยังตั้งค่าไม่เสร็จ ผู้ดูแลระบบกำลังจัดการ ลองใหม่ภายหลัง
<p lang="en">This site stands behind a proxy it was not told of. Set TRUSTED_PROXY_COUNT (docs/operations.md)."""


@cache
def _say_unknown_proxy() -> None:
    """Once a process: the line is for whoever has just set the site up."""
    logger.error("A request came through a proxy that speaks https: set TRUSTED_PROXY_COUNT")


def private_to_members(get_response: Handler) -> Handler:
    """What is answered to somebody with a session may be kept by her own browser and nobody else.

    Django says so only of pages that are never kept; a proxy is free to keep a redirect.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private")
        return response

    return middleware


# What no page of ours asks of a device; passkeys and fullscreen videos are left to be asked for.
_NO_POWERS = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer",
        "camera",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
)


def no_powers(get_response: Handler) -> Handler:
    """Tell browsers that no page of ours, and nothing shown in one, uses camera, microphone or place."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", _NO_POWERS)
        return response

    return middleware


def content_security_policy(get_response: Handler) -> Handler:
    """Django's, which puts the same words together for each answer: here once. A view may have its own (`csp_override`)."""
    policy = build_policy(settings.SECURE_CSP)  # type: ignore[arg-type] # what it is, Django checks

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        own = getattr(response, "_csp_config", None)
        response.headers.setdefault(
            CSP.HEADER_ENFORCE.value, policy if own is None else build_policy(own)
        )
        return response

    return middleware


def redirects_asked_again(get_response: Handler) -> Handler:
    """No browser remembers a redirect: it asks again each time.

    A title that is changed and changed back, a network that is renamed back, a merge that is undone: whoever
    remembered the way there would be sent in a circle for ever. Crawlers still read that it is for good.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == HttpResponsePermanentRedirect.status_code:
            patch_cache_control(response, no_cache=True)
        return response

    return middleware


def refuse_nul_bytes(get_response: Handler) -> Handler:
    """Answer 400 to a NUL byte in the address: PostgreSQL cannot hold one, so no page can be meant."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in query or "\0" in query:
            return _bad_request(request)
        return get_response(request)

    def _bad_request(request: HttpRequest) -> HttpResponse:
        from roypalang.error_pages import bad_request

        return bad_request(request, BadRequest("NUL"))

    return middleware


def chosen_language(get_response: Handler) -> Handler:
    """Speak Thai unless the reader chose otherwise.

    Not Django's LocaleMiddleware: that one listens to the device first, and many phones in
    Thailand are sold speaking English.
    """
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = wish if wish in known else settings.LANGUAGE_CODE
        # Mostly it is spoken already, and to change it takes as long as a page that is kept has to spare.
        spoken = translation.get_language() == language
        with nullcontext() if spoken else translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        if language != settings.LANGUAGE_CODE:
            _mark_thai(response)
        return response

    return middleware


def _mark_thai(response: HttpResponse) -> None:
    """Say of what members wrote, on a page in another language, that it is Thai."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    response.content = mark_thai(response.text).encode(response.charset)
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))


class AnswerRefusals:
    """A `ForumError` no form has caught becomes a page that says why, with the typed text on it; so does what the
    database gave up, and the way to the sign-in page for who has sent a form: a redirect would lose her words,
    whichever view gave it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from roypalang.error_pages import signed_out

        response = self.get_response(request)
        if not _loses_words(request, response):
            return response
        # allauth keeps the form of whoever is to sign in, a stranger's too: it stands on the page.
        request.session.pop(STATE_SESSION_KEY, None)
        return signed_out(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from accounts.proof import ProofNeeded
        from roypalang.error_pages import bad_request, prove_again, refused, too_slow

        if isinstance(error, ProofNeeded):
            return prove_again(request, error)
        if isinstance(error, ForumError):
            return refused(request, error)
        if isinstance(error, DataError) and "NUL (0x00)" in str(error):
            # In what a form says beside its texts: no page of ours sends one there.
            return bad_request(request, BadRequest("NUL"))
        return too_slow(request, error)


class PaceOfWriting:
    """Every form counts before any work is done for it, whichever view it goes to, and whether it is taken or not.

    A member's by herself, so that no new address can be without a pace. Forms of visitors, and all about
    accounts, by where they come from: who has got hold of her session cannot use up what she needs to end it.
    Where a view has a light pace, that one counts. Whoever may only read for a while sends none but those for herself
    (`accounts.silence`).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        from accounts.agreeing import AgreeFirst, refuse_unagreed
        from accounts.silence import Silenced, refuse_form
        from roypalang.error_pages import refused, too_slow

        if request.method != "POST" or hasattr(view, "has_light_pace"):
            return None
        try:
            if request.user.is_authenticated and not request.path_info.startswith("/accounts/"):
                hold_pace(request.user, "writes", everyone=True)
                name = getattr(request.resolver_match, "view_name", None)
                refuse_form(request.user, name)
                refuse_unagreed(request.user, name)
            else:
                hold_light_pace(request, "accounts", by_address=True, error=TooFast)
        except (TooFast, Silenced, AgreeFirst) as error:
            return refused(request, error)
        except DatabaseError as error:  # another form of hers is held up
            if (answer := too_slow(request, error)) is None:
                raise
            return answer
        return None


def _loses_words(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether who sent a form is sent to sign in, to come back to a form that is empty."""
    if request.method != "POST" or response.status_code != 302:
        return False
    to = urlsplit(response.get("Location", ""))
    return REDIRECT_FIELD_NAME in QueryDict(to.query) and to.path in (
        resolve_url(settings.LOGIN_URL),
        reverse("admin:login"),
    )


MOST_ASKED = 4  # pages a lost reader is looked up for; mostly one is
# What a GET does there, is done; and files have no words in their addresses.
_NOT_LOOKED_UP = ("/admin/", "/accounts/", "/pictures/", "/static/")
_TAKE_ANY_WORD = ("topic", "activity_named")  # also feedครับ, which is the feed


def addresses_as_passed_on(get_response: Handler) -> Handler:
    """Lead on from an address that was mangled on its way (`forums.text.addresses`) to the one that is meant.

    Only from what leads nowhere, and only to what answers this very reader: the page itself is asked, as her,
    so nothing is said here that it would not say.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        path, sent = request.path_info, request.META.get("QUERY_STRING", "")
        lost = response.status_code in (301, 404) and request.method in ("GET", "HEAD")
        if not lost or path.startswith(_NOT_LOOKED_UP):
            return response
        query = tidy_query(sent)
        if response.status_code == 301:
            found = _elsewhere(path)
        elif query != sent and _form(path):
            found = iter([path])
        else:
            found = _meant(path)
        for there in islice(found, MOST_ASKED):
            answer = get_response(_asking(request, there, query))
            if answer.status_code == 301:
                return _led_on(request, answer["Location"])
            if answer.status_code < 400 or answer.status_code == 403:
                return _led_on(request, escape_uri_path(there) + (f"?{query}" if query else ""))
        return response

    return middleware


def _meant(path: str) -> Iterator[str]:
    """Paths with a page of ours behind them that may be meant: of the same form, if it has one."""
    form = _form(path) or _form(f"{path}/")
    yield from _elsewhere(path)
    for there, found in _pages(path):
        if form in ("", found):
            yield there


def _elsewhere(path: str) -> Iterator[str]:
    """What a page that takes any word for a title has taken, though another page is called so."""
    form = _form(path) or _form(f"{path}/")
    if form in _TAKE_ANY_WORD:
        depth = path.rstrip("/").count("/")
        for there, found in _pages(path):
            if found != form and there.rstrip("/").count("/") == depth:
                yield there


def _pages(path: str) -> Iterator[tuple[str, str]]:
    """What an address may be read as that is one of ours, and of which page."""
    for reading in readings(path):
        for there in (reading, f"{reading}/"):
            if there != path and (found := _form(there)):
                yield there, found


def _form(path: str) -> str:
    """The name of the page an address is of, or ''."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _asking(request: HttpRequest, path: str, query: str) -> HttpRequest:
    """The same request for another address."""
    asking = copy(request)
    asking.path_info = asking.path = path
    asking.META = {**request.META, "PATH_INFO": path, "QUERY_STRING": query}
    asking.GET = QueryDict(query)
    asking.resolver_match = None
    return asking


def _led_on(request: HttpRequest, url: str) -> HttpResponse:
    """To that address. Messages for her stood on pages she is not shown: they go on waiting."""
    messages = getattr(request, "_messages", None)
    if messages is not None:
        messages.used = False
    return HttpResponsePermanentRedirect(url)
