"""Colours and size of letters: of the member, else of this device."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import Language, Member, TextSize, Theme

COOKIE = "display"
_THEMES, _SIZES = frozenset(Theme.values), frozenset(TextSize.values)
A_YEAR = 60 * 60 * 24 * 365  # seconds: as long as a cookie is kept


class Display(TypedDict):
    theme: str
    text: str


def display(request: HttpRequest) -> Display:
    """What `<html data-theme data-text>` says; '' means: as the device wishes.

    A member's setting goes before the device's, so that her telephone and the library's computer
    agree; what she left open is as the device was set before she signed in.
    """
    theme, text = _from_cookie(request.COOKIES.get(COOKIE, ""))
    member = getattr(request, "user", None)  # absent when a request failed before it was known
    if isinstance(member, Member):
        theme, text = member.theme or theme, member.text_size or text
    return {"theme": theme, "text": text}


def remember(response: HttpResponse, *, theme: str, text: str, secure: bool) -> None:
    """Keep the wish on this device, for a year: a visitor has no other place for it."""
    if theme or text:
        response.set_cookie(
            COOKIE, f"{theme}.{text}", max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")


def remember_language(response: HttpResponse, language: str, *, secure: bool) -> None:
    """Keep the language on this device; Thai, the site's own, needs no cookie."""
    name = settings.LANGUAGE_COOKIE_NAME
    if language and language != settings.LANGUAGE_CODE:
        response.set_cookie(
            name, language, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(name, samesite="Lax")


def chosen_language(request: HttpRequest) -> str:
    """The language this device was set to, '' for none: then the site speaks Thai."""
    wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wish if wish in Language.values else ""


def _from_cookie(value: str) -> tuple[str, str]:
    """Nothing of a cookie reaches a page but the words we know."""
    theme, _, text = value.partition(".")
    return (
        theme if theme in _THEMES else "",
        text if text in _SIZES else "",
    )
