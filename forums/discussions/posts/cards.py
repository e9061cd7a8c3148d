"""Posts as HTML, printed from their template as fast as text can be joined.

A page holds up to 220 posts, and a Django template costs about 0.25 ms of processor time for each:
most of what the page costs. So posts/_post.html is rendered once for each *shape* a post can have
(deleted or not, with a picture or not, mine or not …) with every value standing for itself, as
`{name}`; what comes out is a format string, kept, and `forums.text.render.filled` fills and escapes
it post by post. The template stays the one place where a post's markup is written.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import get_language

from accounts.references import MemberRef
from forums.discussions.posts.labels import labels
from forums.discussions.posts.stream import PostRow
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import is_in_time
from forums.groups.networks.references import NetworkRef
from forums.text.render import filled, trusted


class _Page(NamedTuple):
    """What decides how every post of a page is printed."""

    language: str
    staff: bool
    may: tuple[tuple[str, bool], ...]


class _Shape(NamedTuple):
    """What of a post decides which parts of the template are printed."""

    depth: int
    accepted: bool
    mine: bool
    may_edit: bool
    numbered: bool
    gone: bool
    fresh: bool
    folded: bool
    hidden: bool
    held: bool
    edited: bool
    picture: bool
    staff: bool
    place: bool
    network: bool
    in_name: bool
    with_ai: bool
    answers: bool
    my_useful: bool
    my_agree: bool
    is_new: bool
    my_bookmark: bool


def set_cards(rows: Iterable[PostRow], *, topic: Topic, member: Any, **may: bool) -> None:
    """Put the HTML of each row into its `card`.

    `may` holds what the reader may do on this page: may_write, may_react, may_accept, may_delete; and
    `met`, whether networks meet here: then a post in one's own name says so.
    """
    _print("posts/_post.html", rows, topic, member, may)


def set_acts(row: PostRow, *, topic: Topic, member: Any, **may: bool) -> None:
    """Put what the reader may do with a topic's own text, which stands in the head of the page, into its `card`."""
    _print("posts/_acts.html", [row], topic, member, may)


def _print(
    template: str, rows: Iterable[PostRow], topic: Topic, member: Any, may: dict[str, bool]
) -> None:
    page = _Page(
        language=get_language() or "",
        staff=bool(member.is_authenticated and member.is_staff),
        may=tuple(sorted((name, bool(value)) for name, value in may.items())),
    )
    accepted, me = topic.accepted_post_id, member.pk
    for row in rows:
        author, network = row.author, row.network
        row.may_edit = row.author_id == me and is_in_time(member, row.created_at)
        shape = _Shape(
            depth=row.depth,
            accepted=row.pk == accepted,
            mine=row.author_id == me,
            may_edit=row.may_edit,
            numbered=row.number > 0,
            gone=row.gone,
            fresh=row.fresh,
            folded=row.folded,
            hidden=row.hidden_at is not None,
            held=row.held,
            edited=row.edited_at is not None,
            picture=author.picture_url != "",
            staff=author.is_staff,
            place=row.place != "",
            network=network is not None,
            in_name=row.in_name,
            with_ai=row.with_ai,
            answers=row.answers != "",
            my_useful=row.my_useful,
            my_agree=row.my_agree,
            is_new=row.is_new,
            my_bookmark=row.my_bookmark,
        )
        values = {
            "topic": topic.pk,
            "pk": row.pk,
            "label": row.label,
            "name": author.name,
            "url": author.url,
            "picture": author.picture_url,
            "place": row.place,
            "iso": row.iso,
            "when": row.when,
            "html": row.html,
            "answers": row.answers,
            "useful": row.useful,
            "agree": row.agree,
        }
        if network is not None:
            values |= network.values()
        row.card = filled(_format(template, page, shape), values)


def set_threads(comments: Iterable[PostRow]) -> None:
    """Put into each comment's `cards` its own card and its replies', in the order of the tree."""
    for comment in comments:
        comment.cards = trusted("".join([comment.card, *(each.card for each in comment.replies)]))


def set_knots(comments: Iterable[PostRow]) -> None:
    """Put what stands on a page's thread for each comment into its `knot`: its cards, with what is before and after."""
    language = get_language() or ""
    for comment in comments:
        shape = _knot(language, begins_new=comment.begins_new, more=comment.more)
        comment.knot = filled(shape, {"cards": comment.cards, "pk": comment.pk})


@lru_cache(maxsize=256)
def _knot(_language: str, *, begins_new: bool, more: int) -> str:
    comment = {"begins_new": begins_new, "more": more, "cards": "{cards}", "pk": "{pk}"}
    return render_to_string("topics/_knot.html", {"comment": comment})


@lru_cache(maxsize=4096)
def _format(template: str, page: _Page, shape: _Shape) -> str:
    """The template with these decisions taken and `{name}` for every value."""
    context = {
        "p": _stand_in(shape),
        "topic": {"pk": "{topic}", "accepted_post_id": "{pk}" if shape.accepted else None},
        "user": {"pk": 1 if shape.mine else 0, "is_staff": page.staff},
        **dict(page.may),
        **labels(),
    }
    if shape.folded and template == "posts/_post.html":
        template = "posts/_folded.html"
    return render_to_string(template, context)


def _stand_in(shape: _Shape) -> dict[str, object]:
    """A post of this shape as its template reads it: the attributes of a PostRow, but names for values."""
    return {
        "pk": "{pk}",
        "number": shape.numbered,
        "label": "{label}",
        "author_id": 1,
        "author": MemberRef(
            "{name}", "{url}", "{picture}" if shape.picture else "", "", shape.staff
        ),
        "place": "{place}" if shape.place else "",
        "network": NetworkRef.stand_in() if shape.network else None,
        "in_name": shape.in_name,
        "with_ai": shape.with_ai,
        "iso": "{iso}",
        "when": "{when}",
        "edited_at": shape.edited,
        "hidden_at": shape.hidden,
        "held": shape.held,
        "may_edit": shape.may_edit,
        "gone": shape.gone,
        "fresh": shape.fresh,
        "folded": shape.folded,
        "useful": "{useful}",
        "agree": "{agree}",
        "html": "{html}",
        "depth": shape.depth,
        "answers": "{answers}" if shape.answers else "",
        "my_useful": shape.my_useful,
        "my_agree": shape.my_agree,
        "is_new": shape.is_new,
        "my_bookmark": shape.my_bookmark,
    }
