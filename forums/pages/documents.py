"""Pages whose words belong to the code: a document of docs/, read once by each process."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from forums.text.render import render


@dataclass(frozen=True, slots=True)
class Document:
    """Its heading, and the rest of it as HTML."""

    title: str
    body_html: str


@cache
def how_it_is_counted() -> Document:
    """docs/common-ground.md."""
    text = (settings.BASE_DIR / "docs" / "common-ground.md").read_text()
    heading, _line, body = text.partition("\n")
    title = heading.removeprefix("# ")
    return Document(
        title, render(body, prefix="page-", site_hosts=(settings.FORUMS_SITE_HOST,)).html
    )
