"""What every request for a page passes: the list of crawlers, and how much one address or one member may read."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from forums.base.errors import AskedTooOften
from forums.base.rate_limits import hold_light_pace
from forums.moderation.crawlers.known import found_in, turns
from forums.moderation.crawlers.models import Treatment

Handler = Callable[[HttpRequest], HttpResponse]

ASKED_FIRST = ("/robots.txt", "/healthz", "/readyz")
# What a page brings with it, and what is no page.
_NO_PAGES = (
    *("/static/", "/pictures/", "/manifest", "/favicon", "/sw.js", *ASKED_FIRST),
    *(
        "/suggest/",
        "/search/suggest/",
        "/tags/suggest/",
    ),  # asked at each letter, with paces of their own
)
_DEEP = frozenset(("page", "before", "after"))
_FEEDS = ("/feed/", ".ics")
_MAPS = "/sitemap"


def known_crawlers(get_response: Handler) -> Handler:
    """Refuse or slow who calls himself as the list says, before anything is done for him."""

    def middleware(request: HttpRequest) -> HttpResponse:
        crawler = found_in(request.META.get("HTTP_USER_AGENT", ""))
        if crawler is None or request.path_info in ASKED_FIRST:
            return get_response(request)
        if crawler.treatment == Treatment.REFUSED:
            return _short(403, "This site does not want to be read by this program: /robots.txt")
        if crawler.treatment == Treatment.SLOWED and (wait := turns.wait(crawler)):
            response = _short(429, f"One request in {crawler.seconds} seconds, please: /robots.txt")
            response["Retry-After"] = str(wait)
            return response
        return get_response(request)

    return middleware


def _short(status: int, words: str) -> HttpResponse:
    response = HttpResponse(words + "\n", status=status, content_type="text/plain")
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined] # it is no news
    return response


class PaceOfReading:
    """Every page counts before its view is asked: a visitor's by her address, a member's by herself.

    Deep pages of lists and feeds, which hardly anybody reads fast but machines, have counts of their own. What a view
    costs beyond that, its own light pace holds (`forums.base.rate_limits`).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        return too_often(request)


_COUNTED = "_was_counted"


def too_often(request: HttpRequest) -> HttpResponse | None:
    """What is answered to who asks for a page too often, None to all others; asked again, it counts no second time."""
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    if request.method not in ("GET", "HEAD") or path.startswith(_NO_PAGES):
        return None
    if getattr(request, _COUNTED, None) == (path, query):
        return None
    setattr(request, _COUNTED, (path, query))
    try:
        if path.endswith(_FEEDS):  # read without a session, also by who has one elsewhere
            hold_light_pace(request, "feeds", by_address=True)
            return None
        if path.startswith(_MAPS):  # so are these
            hold_light_pace(request, "pages", by_address=True)
            return None
        # Without a cookie nobody need be looked up, and the answer hangs on none.
        by_address = settings.SESSION_COOKIE_NAME not in request.COOKIES
        hold_light_pace(request, "pages", by_address=by_address)
        if query and not _DEEP.isdisjoint(request.GET):
            hold_light_pace(request, "deep_pages", by_address=by_address)
    except AskedTooOften as error:
        from roypalang.error_pages import read_too_fast

        return read_too_fast(request, error)
    return None
