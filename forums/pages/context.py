"""What every page's footer shows."""

from typing import TypedDict

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpRequest

from forums.pages.models import CommunityLink, Page

FOOTER = "pages.footer"  # what this process keeps of it; `pages.actions` forgets it


class Link(TypedDict):
    name: str
    url: str


class Footer(TypedDict):
    site_pages: list[Link]
    site_links: list[Link]
    site_url: str


def site(request: HttpRequest) -> Footer:
    """`site_pages` and `site_links`, each a list of {name, url}; two queries a minute a process."""
    footer: Footer | None = caches["process"].get(FOOTER)
    if footer is None:
        try:
            footer = _load()
        except DatabaseError:
            # An error page wears this footer too, and must show when the database does not answer.
            return {"site_pages": [], "site_links": [], "site_url": settings.SITE_URL}
        caches["process"].set(FOOTER, footer)
    return footer


def _load() -> Footer:
    pages = Page.objects.filter(in_footer=True, staff_only=False).only("title", "slug")
    return {
        "site_pages": [{"name": page.title, "url": page.get_absolute_url()} for page in pages],
        "site_url": settings.SITE_URL,
        "site_links": [
            {"name": name, "url": url}
            for name, url in CommunityLink.objects.values_list("name", "url")
        ],
    }
