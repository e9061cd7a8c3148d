"""What every page bears at its head and its foot."""

import secrets
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.text.render import filled, stand_ins

register = template.Library()

type _Links = tuple[tuple[str, str], ...]
_HERE = secrets.token_hex(8)  # nobody's name is taken for it
LONG = 200  # letters of a path, which anybody may invent: none beyond is kept


@register.simple_tag(takes_context=True)
def ways(context: template.Context) -> str:
    """The ways through the site, with the bead where its reader is."""
    match = getattr(context.get("request"), "resolver_match", None)
    return _ways(get_language() or "", context.get("section", ""), match and match.url_name)


@lru_cache(maxsize=1024)
def _ways(_language: str, section: str, name: str | None) -> str:
    return render_to_string("components/ways.html", {"section": section, "name": name})


@register.simple_tag(takes_context=True)
def foot(context: template.Context) -> SafeString:
    """What stands below every page: printed anew only when a page or a link there is called otherwise."""
    pages, links = (
        tuple((each["name"], each["url"]) for each in context.get(name) or ())
        for name in ("site_pages", "site_links")
    )
    path = getattr(context.get("request"), "path", "")
    here = _quoted(path) if len(path) < LONG else quote(path)
    return filled(_foot(get_language() or "", pages, links), {"here": here})


_quoted = lru_cache(maxsize=1024)(quote)  # Thai letters are quoted byte by byte


@lru_cache(maxsize=16)
def _foot(_language: str, pages: _Links, links: _Links) -> str:
    """With `{here}` for where its reader is; what is called with braces keeps them."""
    context = {"pages": pages, "links": links, "here": _HERE}
    printed = render_to_string("components/footer.html", context)
    return printed.replace("{", "{{").replace("}", "}}").replace(_HERE, "{here}")


@register.simple_tag(takes_context=True)
def share(context: template.Context, **given: Any) -> SafeString:
    """What a link to this page shows elsewhere. Only for what a visitor may read!

    Needs title and path, here or in the context; may have text, drawn (the path of a picture forums/sharing draws),
    picture (an Attachment, which goes first), kind (article, …).
    """
    title, text, path, drawn, picture, kind = (
        given[name] if name in given else context.get(name) for name in _SHARED
    )
    values = {
        "title": title,
        "description": text or title,
        "address": f"{settings.SITE_URL}{path}",
        "kind": kind or "website",
    }
    if picture:
        values |= {
            "picture": f"{settings.SITE_URL}{picture.address}/{picture.sizes[-1]}.webp",
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt or title,
        }
    elif drawn:
        values["drawn"] = f"{settings.SITE_URL}{drawn}"
    return filled(_share(tuple(values)), values)


_SHARED = ("title", "text", "path", "drawn", "picture", "kind")


@lru_cache(maxsize=16)
def _share(names: tuple[str, ...]) -> str:
    """With the values of these names."""
    context = {**stand_ins(*names), "site_url": settings.SITE_URL}
    return render_to_string("components/share.html", context)


class _HeadShape(NamedTuple):
    """What decides which parts are printed: where she is, what waits for her, who she is."""

    language: str
    at_notifications: bool
    unread: bool
    waits: bool
    unread_messages: bool
    picture: bool
    staff: bool


@register.simple_tag(takes_context=True)
def member_head(context: template.Context) -> SafeString:
    """Her bell and her menu, by shape, as posts are printed (decision 010): forty messages, and seven values."""
    user: Any = context["user"]
    unread, waits, messages = (str(context.get(name) or "") for name in _COUNTS)
    shape = _HeadShape(
        language=get_language() or "",
        at_notifications=context.get("section") == "notifications",
        unread=unread != "",
        waits=waits != "",
        unread_messages=messages != "",
        picture=user.picture_url != "",
        staff=user.is_staff,
    )
    return filled(
        _head(shape),
        {
            "unread": unread,
            "waits": waits,
            "unread_messages": messages,
            "name": user.display_name,
            "handle": user.handle,
            "url": user.get_absolute_url(),
            "picture": user.picture_url,
            "csrf": str(context.get("csrf_token", "")),
        },
    )


_COUNTS = ("unread", "waits", "unread_messages")


@lru_cache(maxsize=256)
def _head(shape: _HeadShape) -> str:
    shown = {name: f"{{{name}}}" if getattr(shape, name) else "" for name in _COUNTS}
    user = {
        **stand_ins("handle"),
        "display_name": "{name}",
        "get_absolute_url": "{url}",
        "picture_url": "{picture}" if shape.picture else "",
        "is_staff": shape.staff,
    }
    section = "notifications" if shape.at_notifications else ""
    context = {**shown, "user": user, "section": section, "csrf_token": "{csrf}"}
    return render_to_string("components/member_head.html", context)
