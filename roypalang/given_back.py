"""What was typed into a form that could not be taken, given back to whoever typed it.

Only what this site's own pages can have sent: another site's form gets none of its words shown in our dress,
or a stranger could put a warning, an address, a number to call there. And never a secret.
"""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.forms import BaseForm, Field, Textarea
from django.forms.widgets import Input
from django.http import HttpRequest
from django.urls import resolve
from django.utils.functional import Promise

MAX_GIVEN_BACK = 70_000  # characters of one field; the longest text we take has 32,000
MAX_FIELDS = 60
TYPED = ("text", "email", "url", "tel", "number", "search")  # kinds of input one writes into
SECRETS = {"login", "code"}  # beside what is a password


class Typed(NamedTuple):
    """A text of a refused form: under which name and label it was sent, and what it says."""

    name: str
    label: str | Promise
    text: str
    is_long: bool


def is_ours(request: HttpRequest) -> bool | None:
    """Whether a page of this site sent this: the browser says yes or no; None where it is too old to say."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return {"same-origin": True, "none": None}.get(site, False)
    if origin := request.headers.get("Origin"):
        here = f"{request.scheme}://{request.get_host()}"
        return origin in (here, *settings.CSRF_TRUSTED_ORIGINS)  # SITE_URL, whatever a proxy says
    if referer := request.headers.get("Referer"):
        return None if urlsplit(referer).netloc == request.get_host() else False
    return None


def typed(request: HttpRequest) -> list[Typed]:
    """The texts in a refused form, to be shown to whoever wrote them: none where another site sent it."""
    if request.method != "POST":
        return []
    try:
        sent = request.POST
        if is_ours(request) is False:
            return []
    except (
        Exception
    ):  # too large, cut off, in another charset, for a forged host: then there is no text
        return []
    texts = labels_of(sent)
    return [
        Typed(name, texts[name].label, value[:MAX_GIVEN_BACK], texts[name].is_long)
        for name, values in sent.lists()
        if name in texts
        for value in values
        if value.strip()
    ]


class Label(NamedTuple):
    """What a form calls a text, and whether it has more than a line."""

    label: str | Promise
    is_long: bool


def labels_of(sent: Collection[str]) -> dict[str, Label]:
    """Which of these names of fields are texts somebody writes, never secrets; by the form most like them."""
    texts: dict[str, Label] = {}
    for form in sorted(_texts_of_forms(), key=lambda form: len(form.keys() & set(sent))):
        texts |= form  # the form most like what was sent has the last word
    return {name: texts[name] for name in sent if name in texts and not is_secret(name)}


def other_fields(request: HttpRequest, texts: set[str]) -> list[tuple[str, str]] | None:
    """What else the form said, to be said again: never a secret. None when it is too much to repeat."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in texts and name != "csrfmiddlewaretoken" and not is_secret(name)
        for value in values
    ]
    if len(fields) > MAX_FIELDS or sum(len(value) for _name, value in fields) > MAX_GIVEN_BACK:
        return None
    return fields


def is_secret(name: str) -> bool:
    """A field that is never said again, whatever the form."""
    return name in SECRETS or "password" in name


@cache
def _texts_of_forms() -> list[dict[str, Label]]:
    """For each form of the site the fields somebody writes into: their labels, and whether they are long."""
    resolve("/")  # now all forms are loaded
    found = []
    classes: list[type[BaseForm]] = [BaseForm]
    for form in classes:
        classes += form.__subclasses__()
        if form.__module__.partition(".")[0] in ("forums", "accounts"):
            fields = getattr(form, "base_fields", {})
            found.append(
                {
                    name: Label(field.label or name, isinstance(field.widget, Textarea))
                    for name, field in fields.items()
                    if _is_text(field)
                }
            )
    return found


def _is_text(field: Field) -> bool:
    widget = field.widget
    return isinstance(widget, Textarea) or (
        isinstance(widget, Input) and widget.input_type in TYPED
    )
