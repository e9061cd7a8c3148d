"""Of the site's drawings a visitor's page carries those it shows: the rest of them is 2 kB of it, compressed.

A member's page keeps them all: what her scripts bring in while she writes may show any.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

OFFLINE = frozenset({b"i-check", b"i-clock", b"i-warn"})
"""What static/js/offline/notes.js brings in (templates/offline/_words.html)."""
_VISITOR = b'data-reader="0"'  # templates/base.html says who reads: no session is asked for it
_BEGIN, _END = b'<svg class="drawings"', b"</svg>"
_ONE = re.compile(rb'<symbol id="([\w-]+)".*?</symbol>\s*', re.S)
_SHOWN = re.compile(rb'<use href="#([\w-]+)"')


def only_what_is_shown(get_response: Handler) -> Handler:
    """Stands innermost, so that a page is kept and compressed as it is sent."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_a_page = not response.streaming and response.get("Content-Type", "")[:9] == "text/html"
        if is_a_page and _VISITOR in response.content[:500]:
            response.content = _without_the_rest(response.content)
        return response

    return middleware


def _without_the_rest(page: bytes) -> bytes:
    begin = page.find(_BEGIN)
    if begin < 0:
        return page
    first, last, drawings = _taken_apart(page[begin : page.index(_END, begin)])
    shown = {*_SHOWN.findall(page), *OFFLINE}
    kept = [drawing for name, drawing in drawings if name in shown]
    return b"".join([page[: begin + first], *kept, page[begin + last :]])


@lru_cache(maxsize=4)
def _taken_apart(every: bytes) -> tuple[int, int, list[tuple[bytes, bytes]]]:
    """Where the first begins, where the last ends, and each with its name: the same on every page."""
    found = list(_ONE.finditer(every))
    return found[0].start(), found[-1].end(), [(one[1], one[0]) for one in found]
