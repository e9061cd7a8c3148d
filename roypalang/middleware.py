"""What every request passes through, beside Django's own."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from forums.base.errors import ForumError
from forums.text.thai_marks import mark_thai

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
    """A `ForumError` no form has caught becomes a page that says why, with the typed text on it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from roypalang.error_pages import refused

        return refused(request, error) if isinstance(error, ForumError) else None
