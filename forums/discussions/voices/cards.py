"""What a network's people wrote, beside what others wrote, as HTML: by shape, as posts are (decision 010)."""

from collections.abc import Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.discussions.posts.labels import labels
from forums.discussions.posts.stream import PostRow
from forums.text.render import filled, stand_ins, trusted


def said(rows: Iterable[PostRow]) -> SafeString:
    """The beginnings of these posts, one after the other; '' for none."""
    language = get_language() or ""
    return trusted(
        "".join(
            filled(
                _said(language, folded=row.folded, place=bool(row.place)),
                {
                    "pk": row.pk,
                    "label": row.label,
                    "excerpt": row.excerpt,
                    "author": row.author.name,
                    "author_url": row.author.url,
                    "place": row.place,
                    "useful": row.useful,
                    "restated": row.restated,
                },
            )
            for row in rows
        )
    )


@lru_cache(maxsize=16)
def _said(_language: str, *, folded: bool, place: bool) -> str:
    """Its template with these decisions taken and `{name}` for every value."""
    row = {
        **stand_ins("pk", "label", "excerpt", "useful", "restated"),
        "author": {"name": "{author}", "url": "{author_url}"},
        "place": "{place}" if place else "",
        "folded": folded,
    }
    return render_to_string("voices/_said.html", {"p": row, **labels()})
