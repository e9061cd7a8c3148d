"""Posts as HTML, printed from their template as fast as text can be joined.

A page holds up to 220 posts, and a Django template costs about 0.25 ms of processor time for each:
most of what the page costs. So posts/_post.html is rendered once for each *shape* a post can have
(deleted or not, with a picture or not, mine or not …) with every value standing for itself, as
`{name}`; what comes out is a format string, kept, and `forums.text.render.filled` fills and escapes
it post by post. The template stays the one place where a post's markup is written.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from forums.discussions.posts.labels import labels
from forums.text.render import filled, trusted

# Values that differ from post to post, printed as they are …
_PRINTED = (
    "pk", "label", "url", "name", "picture", "place", "iso", "when", "html", "answers",
    "useful", "agree", "topic_id", "from_name", "from_url", "from_colour", "from_emblem",
)  # fmt: skip
# … and those that decide what is printed at all.
_DECIDES = (
    "picture", "place", "edited_at", "hidden_at", "gone", "answers", "number", "from_name",
    "in_name",
)  # fmt: skip
_MARKS = ("my_useful", "my_agree")

Row = dict[str, Any]


def set_cards(rows: Iterable[Row], *, topic: Any, member: Any, **may: bool) -> None:
    """Put the HTML of each row into its `card`.

    `may` holds what the reader may do on this page: open, may_react, may_accept, may_delete; and
    `met`, whether networks meet here: then a post in one's own name says so.
    """
    page = (
        get_language() or "",
        bool(member.is_authenticated and member.is_staff),
        tuple(sorted((name, bool(value)) for name, value in may.items())),
    )
    accepted, me, topic_id = topic.accepted_post_id, member.pk, str(topic.pk)
    for row in rows:
        shape = _shape(
            page,
            row["depth"],
            row["id"] == accepted,
            row["author_id"] == me,
            tuple(bool(row.get(name)) for name in _DECIDES),
            tuple(name in row for name in _MARKS),
        )
        row["topic_id"] = topic_id
        row["card"] = filled(shape, {name: row.get(name, "") for name in _PRINTED})


def set_threads(comments: Iterable[Row]) -> None:
    """Put into each comment's `cards` its own card and its replies', in the order of the tree."""
    for comment in comments:
        cards = [comment["card"], *(reply["card"] for reply in comment["replies"])]
        comment["cards"] = trusted("".join(cards))


@lru_cache(maxsize=4096)
def _shape(
    page: tuple[str, bool, tuple[tuple[str, bool], ...]],
    depth: int,
    accepted: bool,
    mine: bool,
    decides: tuple[bool, ...],
    marks: tuple[bool, ...],
) -> str:
    """The template with these decisions taken and `{name}` for every value."""
    _language, staff, may = page
    post: Row = {name: f"{{{name}}}" for name in _PRINTED}
    post |= {
        name: post.get(name, True) if on else "" for name, on in zip(_DECIDES, decides, strict=True)
    }
    post |= dict(zip(_MARKS, marks, strict=True))
    post |= {
        "depth": depth,
        "id": 1,
        "author_id": 1,
    }
    context = {
        "p": post,
        "topic": {"pk": "{topic_id}", "accepted_post_id": 1 if accepted else None},
        "user": {"pk": 1 if mine else 0, "is_staff": staff},
        **dict(may),
        **labels(),
    }
    return render_to_string("posts/_post.html", context)
