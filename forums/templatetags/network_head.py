"""What every page of a network begins with, by shape, as posts are printed (decision 010)."""

from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.encoding import escape_uri_path
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.groups.networks.models import Network
from forums.templatetags.following import follow
from forums.text import dates
from forums.text.render import filled, held_together, stand_ins

register = template.Library()


class _Shape(NamedTuple):
    """What decides which parts of the head are printed, and the words that few networks do not share."""

    language: str
    what_it_is: str
    sectors: tuple[str, ...]
    join_label: str
    by_invitation: bool
    role_label: str
    picture: bool
    is_open: bool
    verified: bool
    hidden: bool
    archived: bool


@register.simple_tag(takes_context=True)
def network_head(context: template.Context) -> SafeString:
    """Its emblem, its name, its aim; what who reads may do. Needs what page_context() of network_page.py returns."""
    network: Network = context["network"]
    shape = _Shape(
        language=get_language() or "",
        what_it_is=str(context["what_it_is"]),
        sectors=tuple(map(str, context["sectors"])),
        join_label=str(context["join_label"]),
        by_invitation=context["by_invitation"],
        role_label=str(context["role_label"]),
        picture=network.picture is not None,
        is_open=network.is_open,
        verified=network.verified_at is not None,
        hidden=network.hidden_at is not None,
        archived=network.archived_at is not None,
    )
    values = {
        "name": held_together(network.name),
        "aim": held_together(network.aim),
        "url": network.get_absolute_url(),
        "picture": network.picture_url,
        "colour": network.colour,
        "emblem": network.emblem,
        "day": dates.day(network.archived_at) if network.archived_at else "",
        "follow": follow(context, "network", network),
    }
    return filled(_head(shape), values)


@lru_cache(maxsize=512)
def _head(shape: _Shape) -> str:
    network = {
        **stand_ins("name", "aim", "colour", "emblem"),
        "get_absolute_url": "{url}",
        "picture_url": "{picture}" if shape.picture else "",
        "is_open": shape.is_open,
        "verified_at": shape.verified,
        "hidden_at": shape.hidden,
        "archived_at": shape.archived,
    }
    context = {"network": network, **stand_ins("day", "follow"), "role": shape.role_label}
    return render_to_string("networks/_head.html", {**shape._asdict(), **context})


class _TabsShape(NamedTuple):
    """Which tabs there are (name, label, what its address ends with, whether it counts), and which is open."""

    language: str
    tabs: tuple[tuple[str, str, str, bool], ...]
    tab: str
    is_its_page: bool


@register.simple_tag(takes_context=True)
def network_tabs(context: template.Context) -> SafeString:
    """Its pages. Needs the same."""
    url, path = context["network"].get_absolute_url(), escape_uri_path(context["request"].path)
    tabs: list[Any] = context["tabs"]
    shape = _TabsShape(
        language=get_language() or "",
        tabs=tuple(
            (each.name, each.label, each.url.removeprefix(url), bool(each.count)) for each in tabs
        ),
        tab=context["tab"],
        is_its_page=any(each.name == context["tab"] and each.url == path for each in tabs),
    )
    values: dict[str, object] = {f"count_{each.name}": each.count for each in tabs if each.count}
    return filled(_tabs(shape), {"url": url, **values})


@lru_cache(maxsize=256)
def _tabs(shape: _TabsShape) -> str:
    tabs = [
        {
            "name": name,
            "label": label,
            "url": f"{{url}}{ending}",
            "count": f"{{count_{name}}}" if counts else "",
        }
        for name, label, ending, counts in shape.tabs
    ]
    current = "page" if shape.is_its_page else "true"
    return render_to_string(
        "networks/_tabs.html", {"tabs": tabs, "tab": shape.tab, "current": current}
    )
