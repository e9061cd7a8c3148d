"""What a reader sees when something goes wrong: the house's own pages, and her words given back.

Scripts that ask for JSON get {"error": …}, those that ask for part of a page get one line; anyone
else gets a page in the site's dress. None of it may be kept by a cache.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.forms import BaseForm, CharField, Field, PasswordInput
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.urls import resolve
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import ForumError, TooFast
from forums.base.view_helpers import wants_json, wants_part

HEADINGS = {
    400: gettext_lazy("We could not read that"),
    403: gettext_lazy("This is not open to you"),
    404: gettext_lazy("This page is not here"),
    413: gettext_lazy("That is too large"),
    429: gettext_lazy("A little too fast"),
}
OTHER_HEADING = gettext_lazy("That did not work")
MAX_GIVEN_BACK = 70_000  # characters of one field; the longest text we take has 32,000
MAX_FIELDS = 60
WAIT = 60  # seconds, where a limit does not say how long

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
    return _answer(request, 429, message, wait=WAIT)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, from a page that needs nothing: no database, no session, no context."""
    if wants_json(request):
        return JsonResponse(
            {"error": _("Something went wrong here. Please try again.")}, status=500
        )
    try:
        page = loader.get_template("500.html").render()
    except Exception:  # the templates or static files themselves may be what is broken
        page = PLAIN_500
    response = HttpResponseServerError(page)
    add_never_cache_headers(response)
    return response


def refused(request: HttpRequest, error: ForumError) -> HttpResponse:
    """A refusal of the forum that no form has shown: its words, its status, and what was typed."""
    wait = error.wait if isinstance(error, TooFast) else None
    return _answer(request, error.status, error.message, typed=typed(request), wait=wait)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token: mostly one left open while its writer signed in elsewhere.

    Her text stands on the page. One press sends it again with a fresh token, but only where the
    browser vouches that the form came from this site: else a stranger's page could put words into
    that button.
    """
    words = typed(request)
    again: list[tuple[str, str]] | None = None
    if words and request.headers.get("Sec-Fetch-Site") == "same-origin":
        again = _other_fields(request, {text["name"] for text in words})
    message = _("This form was open for too long, or was opened before you signed in.")
    context = {
        "heading": _("Please send it once more"),
        "again": again,
        "action": request.get_full_path(),
        "lost_file": bool(request.FILES),
    }
    return _answer(request, 403, message, typed=words, page="errors/csrf.html", context=context)


def typed(request: HttpRequest) -> list[dict[str, Any]]:
    """The texts in a refused form (name, label, text), to be shown to whoever wrote them."""
    if request.method != "POST":
        return []
    try:
        sent = request.POST
    except Exception:  # too large, cut off, in another charset: then there is no text
        return []
    labels: dict[str, str | Promise] = {}
    for texts in sorted(_texts_of_forms(), key=lambda texts: len(texts.keys() & sent.keys())):
        labels |= texts  # the form most like what was sent has the last word
    return [
        {"name": name, "label": labels[name], "text": sent[name][:MAX_GIVEN_BACK]}
        for name in sent
        if name in labels and sent[name].strip()
    ]


@cache
def _texts_of_forms() -> list[dict[str, str | Promise]]:
    """For each form of ours the fields somebody writes into, with their labels; of allauth's, which ask
    for names and secrets, none.
    """
    resolve("/")  # now all forms are loaded
    found = []
    classes: list[type[BaseForm]] = [BaseForm]
    for form in classes:
        classes += form.__subclasses__()
        is_ours = form.__module__.partition(".")[0] in ("forums", "accounts")
        if is_ours and not any(base.__module__.startswith("allauth") for base in form.__mro__):
            fields = getattr(form, "base_fields", {})
            found.append({name: field.label for name, field in fields.items() if _is_text(field)})
    return found


def _is_text(field: Field) -> bool:
    hidden = field.widget.is_hidden or isinstance(field.widget, PasswordInput)
    return isinstance(field, CharField) and not hidden and bool(field.label)


def _answer(
    request: HttpRequest,
    status: int,
    message: str | Promise,
    *,
    typed: list[dict[str, Any]] | None = None,
    wait: int | None = None,
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


def _other_fields(request: HttpRequest, texts: set[str]) -> list[tuple[str, str]] | None:
    """What else the form said, to be said again: never a password. None when it is too much to repeat."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in texts and name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]
    if len(fields) > MAX_FIELDS or sum(len(value) for _name, value in fields) > MAX_GIVEN_BACK:
        return None
    return fields
