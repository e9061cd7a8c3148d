"""What a page says to machines (JSON-LD, in the words of schema.org): nothing that does not stand on the page.

Only for pages of what a visitor may read. Each page puts its own things together from these.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from forums.text.render import data_block

type Thing = dict[str, Any]


def linked_data(*things: Thing) -> SafeString:
    """The block for a page that speaks of these things."""
    return data_block({"@context": "https://schema.org", "@graph": things})


def thing(kind: str, **said: Any) -> Thing:
    """One thing; what is '' or None is not said."""
    return {"@type": kind} | {
        name: value for name, value in said.items() if value not in ("", None)
    }


def crumbs(steps: Iterable[tuple[str, str]]) -> Thing:
    """The way to a page, (name, path) each, as its crumbs show it."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": whole(path)}
            for place, (name, path) in enumerate(steps, 1)
        ],
    }


def named(kind: str, name: str, path: str) -> Thing:
    """A Person or an Organization that the page names and links to."""
    return {"@type": kind, "name": name, "url": whole(path)}


def whole(path: str) -> str:
    """An address of this site; '' for none."""
    return f"{settings.SITE_URL}{path}" if path else ""
