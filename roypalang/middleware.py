"""What every request passes through, beside Django's own."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import translation

from forums.base.errors import ForumError

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
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


class AnswerRefusals:
    """A `ForumError` no form has caught becomes a page that says why, with the typed text on it; so does the
    way to the sign-in page for who has sent a form: a redirect would lose her words, whichever view gave it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from roypalang.error_pages import signed_out

        response = self.get_response(request)
        return signed_out(request) if _loses_words(request, response) else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from roypalang.error_pages import refused

        return refused(request, error) if isinstance(error, ForumError) else None


def _loses_words(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether who sent a form is sent to sign in, to come back to a form that is empty."""
    if request.method != "POST" or response.status_code != 302:
        return False
    to = urlsplit(response.get("Location", ""))
    return REDIRECT_FIELD_NAME in QueryDict(to.query) and to.path in (
        resolve_url(settings.LOGIN_URL),
        reverse("admin:login"),
    )
