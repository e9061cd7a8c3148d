"""The form to follow what a page is about, and whom the reader blocked."""

from typing import Any

from django import template

from forums.reading.following.lists import Control, control_of

register = template.Library()


@register.inclusion_tag("following/_control.html", takes_context=True)
def follow(context: template.Context, kind: str, thing: Any) -> dict[str, Any]:
    """How closely the reader follows it, and the buttons to change that; nothing for a visitor."""
    request = context["request"]
    control: Control | None = control_of(kind, thing, request.user)
    return {
        "control": control,
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
