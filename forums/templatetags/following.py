"""The form to follow what a page is about."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.reading.following.levels import Closeness
from forums.reading.following.lists import chosen_for, control
from forums.text.render import filled, trusted

register = template.Library()


@register.simple_tag(takes_context=True)
def follow(context: template.Context, kind: str, thing: Any) -> SafeString:
    """How closely the reader follows it, and the buttons to change that; nothing for a visitor."""
    request = context["request"]
    found = chosen_for(kind, thing, request.user)
    if found is None:
        return trusted("")
    return filled(
        _form(get_language() or "", kind, *found),
        {
            "pk": thing.pk,
            "next": request.get_full_path(),
            "csrf": str(context.get("csrf_token", "")),
        },
    )


@lru_cache(maxsize=256)
def _form(_language: str, kind: str, closeness: Closeness, chosen: bool) -> str:
    """Its template with `{name}` for what differs from page to page: every topic a member opens prints it."""
    shown = control(kind, "{pk}", closeness, chosen=chosen)
    return render_to_string(
        "following/_control.html", {"control": shown, "next": "{next}", "csrf_token": "{csrf}"}
    )
