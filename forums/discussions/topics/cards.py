"""Rows of lists as HTML, by shape, as posts are (decision 010): a list has twenty rows on the pages asked for most,
and a Django template costs 0.3 ms of processor time for each.

What a row has several of (tags, beads) is printed piece by piece, each a partial of topics/_row.html, so that there
are few shapes however much a row holds.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.references import MemberRef
from forums.discussions.topics.registry import News
from forums.discussions.topics.rows import TopicRow
from forums.groups.networks.references import NetworkRef
from forums.tags.references import TagRef
from forums.text.render import filled, held_together, stand_ins, trusted


class _RowShape(NamedTuple):
    """What of a row decides which parts of the template are printed; `here`, whether the list is its board's."""

    here: bool
    from_others: bool
    pinned: bool
    accepted: bool
    locked: bool
    news: bool
    news_url: bool
    network: bool
    replies: bool
    beads: bool


def set_cards(rows: Iterable[TopicRow], *, here: bool = False) -> None:
    """Put the HTML of each row into its `card`; `here`: they are all of the board whose page this is."""
    language = get_language() or ""
    for row in rows:
        _set_pieces(row, language)
        news, network = row.news, row.network
        shape = _RowShape(
            here=here,
            from_others=row.from_others,
            pinned=row.pinned_at is not None,
            accepted=row.accepted_post_id is not None,
            locked=row.locked_at is not None,
            news=news is not None,
            news_url=news is not None and news.url != "",
            network=network is not None,
            replies=row.replies != "",
            beads=bool(row.beads),
        )
        values: dict[str, object] = {
            "icon": row.icon,
            "kind_label": row.kind_label,
            "board": row.board,
            "board_url": row.board_url,
            "url": row.url,
            "title": held_together(row.title),
            "author": row.author.name,
            "author_url": row.author.url,
            "tag_links": row.tag_links,
            "replies": row.replies,
            "iso": row.iso,
            "when": row.when,
            "strand": row.strand,
            "names": row.names,
        }
        if network is not None:
            values |= network.values()
        if news is not None:
            values["news_label"] = news.label
            values["news_detail"] = news.detail
            values["news_url"] = news.url
        row.card = filled(_row_format(language, shape), values)


def _set_pieces(row: TopicRow, language: str) -> None:
    """What it has several of."""
    row.tag_links = trusted("".join([_tag(language, tag.name, tag.url) for tag in row.tags]))
    if row.beads:
        beads = [_bead(language, "network_bead", network.colour) for network in row.beads]
    else:
        beads = [
            _bead(language, "picture_bead", person.picture_url)
            if person.picture_url
            else _bead(language, "person_bead", person.initial)
            for person in row.people
        ]
    row.strand = trusted("".join(beads))


@lru_cache(maxsize=1024)  # the same few stand in many rows
def _tag(language: str, name: str, url: str) -> SafeString:
    return filled(_piece(language, "tag"), {"name": name, "url": url})


@lru_cache(maxsize=1024)
def _bead(language: str, partial: str, what: str) -> SafeString:
    """With its colour, its picture or its letter: each has but one value."""
    return filled(_piece(language, partial), {"bead": what})


@lru_cache(maxsize=16)
def _piece(_language: str, partial: str) -> str:
    """A part of the template with `{name}` for every value."""
    context = {
        "tag": TagRef("{name}", "{url}"),
        "network": {"colour": "{bead}"},
        "person": {"initial": "{bead}", "picture_url": "{bead}"},
    }
    return render_to_string(f"topics/_row.html#{partial}", context)


@lru_cache(maxsize=1024)
def _row_format(_language: str, shape: _RowShape) -> str:
    """The template with these decisions taken and `{name}` for every value."""
    return render_to_string("topics/_row.html", {"t": _row_stand_in(shape), "here": shape.here})


def _row_stand_in(shape: _RowShape) -> dict[str, object]:
    """A row of this shape as its template reads it: the attributes of a TopicRow, but names for values."""
    news = News("{news_label}", "{news_detail}", "{news_url}" if shape.news_url else "")
    return {
        **stand_ins("icon", "kind_label", "board", "board_url", "url", "title"),
        **stand_ins("tag_links", "strand", "iso", "when", "names"),
        "author": MemberRef("{author}", "{author_url}", "", "", is_staff=False),
        "network": NetworkRef.stand_in() if shape.network else None,
        "news": news if shape.news else None,
        "replies": "{replies}" if shape.replies else "",
        "beads": shape.beads,
        "from_others": shape.from_others,
        "pinned_at": shape.pinned,
        "accepted_post_id": shape.accepted,
        "locked_at": shape.locked,
    }
