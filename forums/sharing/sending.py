"""The ways a page offers to send it on: its short address to copy, and plain links to others."""

from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.text.render import filled, stand_ins


def send_on(*, path: str, title: str, is_public: bool, folded: bool = True) -> SafeString:
    """For a page with this short path; links to others only where a visitor may read it. `folded`: beside a page.

    Printed from its template once for all pages, as posts are (decision 010): only an address is another each time.
    """
    address = f"{settings.SITE_URL}{path}"
    shape = _shape(get_language() or "", is_public, folded)
    values = {"path": path, "address": address, "quoted": quote(address, safe=""), "title": title}
    return filled(shape, values)


@lru_cache(maxsize=16)
def _shape(_language: str, is_public: bool, folded: bool) -> str:
    template = "components/send_on_beside.html" if folded else "components/send_on.html"
    values = stand_ins("path", "address", "quoted", "title")
    return render_to_string(template, {**values, "is_public": is_public})
